package main

import (
	"bytes"
	"context"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"net/http"

	"github.com/wechatpay-apiv3/wechatpay-go/core/auth"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/cipher/decryptors"
	"github.com/wechatpay-apiv3/wechatpay-go/core/cipher/encryptors"
	"github.com/wechatpay-apiv3/wechatpay-go/core/downloader"
	"github.com/wechatpay-apiv3/wechatpay-go/core/notify"
)

type encrypted struct {
	Serial     string `json:"serial"`
	Ciphertext string `json:"ciphertext"`
}

// encrypt encrypts a sensitive field with the public key, or with the newest certificate.
func (p *peer) encrypt(ctx context.Context, given arguments) (*encrypted, error) {
	if given.By == "certificate" {
		getter, err := downloader.NewCertificateDownloader(
			ctx, p.setup.Mchid, p.privateKey, p.setup.Serial, p.setup.APIv3Key)
		if err != nil {
			return nil, err
		}
		encryptor := encryptors.NewWechatPayEncryptor(getter)
		serial, err := encryptor.SelectCertificate(ctx)
		if err != nil {
			return nil, err
		}
		text, err := encryptor.Encrypt(ctx, serial, given.Text)
		return &encrypted{serial, text}, err
	}
	encryptor := encryptors.NewWechatPayPubKeyEncryptor(p.setup.PublicKeyID, *p.publicKey)
	serial, err := encryptor.SelectCertificate(ctx)
	if err != nil {
		return nil, err
	}
	text, err := encryptor.Encrypt(ctx, serial, given.Text)
	return &encrypted{serial, text}, err
}

func (p *peer) decrypt(ctx context.Context, given arguments) (string, error) {
	key, err := p.privateKeyOr(given.PrivateKey)
	if err != nil {
		return "", err
	}
	return decryptors.NewWechatPayDecryptor(key).Decrypt(ctx, given.Ciphertext)
}

// seal encrypts by AES-GCM. The SDK only opens; this is Go's own.
func (p *peer) seal(given arguments) (string, error) {
	block, err := aes.NewCipher([]byte(p.setup.APIv3Key))
	if err != nil {
		return "", err
	}
	gcm, err := cipher.NewGCM(block)
	if err != nil {
		return "", err
	}
	sealed := gcm.Seal(nil, []byte(given.Nonce), []byte(given.Text), []byte(given.AssociatedData))
	return base64.StdEncoding.EncodeToString(sealed), nil
}

// notification verifies one, decrypts it, and returns the text of its resource.
func (p *peer) notification(ctx context.Context, given arguments) (string, error) {
	var verifier auth.Verifier = verifiers.NewSHA256WithRSAPubkeyVerifier(p.setup.PublicKeyID, *p.publicKey)
	if given.By == "certificate" {
		getter, err := downloader.NewCertificateDownloader(
			ctx, p.setup.Mchid, p.privateKey, p.setup.Serial, p.setup.APIv3Key)
		if err != nil {
			return "", err
		}
		verifier = verifiers.NewSHA256WithRSACombinedVerifier(getter, p.setup.PublicKeyID, *p.publicKey)
	}
	handler, err := notify.NewRSANotifyHandler(p.setup.APIv3Key, verifier)
	if err != nil {
		return "", err
	}
	request, err := http.NewRequest(http.MethodPost, "https://app.example/notify", bytes.NewBufferString(given.Body))
	if err != nil {
		return "", err
	}
	for name, value := range given.Headers {
		request.Header.Set(name, value)
	}
	var content map[string]interface{}
	got, err := handler.ParseNotifyRequest(ctx, request, &content)
	if err != nil {
		return "", err
	}
	return got.Resource.Plaintext, nil
}
