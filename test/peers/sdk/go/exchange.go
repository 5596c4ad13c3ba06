package main

import (
	"bytes"
	"context"
	"crypto/rsa"
	"io"
	"net/http"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/signers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/auth/verifiers"
	"github.com/wechatpay-apiv3/wechatpay-go/core/consts"
	"github.com/wechatpay-apiv3/wechatpay-go/core/downloader"
	"github.com/wechatpay-apiv3/wechatpay-go/services/fileuploader"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"
)

type exchanged struct {
	Status int    `json:"status"`
	Body   string `json:"body"`
}

// sign signs as the SDK does, with the key of setup unless another is given.
func (p *peer) sign(ctx context.Context, given arguments) (string, error) {
	key, err := p.privateKeyOr(given.PrivateKey)
	if err != nil {
		return "", err
	}
	signer := &signers.SHA256WithRSASigner{
		MchID: p.setup.Mchid, CertificateSerialNo: p.setup.Serial, PrivateKey: key,
	}
	result, err := signer.Sign(ctx, given.Message)
	if err != nil {
		return "", err
	}
	return result.Signature, nil
}

func (p *peer) verify(ctx context.Context, given arguments) (bool, error) {
	key, err := utils.LoadPublicKey(given.PublicKey)
	if err != nil {
		return false, err
	}
	verifier := verifiers.NewSHA256WithRSAPubkeyVerifier("id", *key)
	return verifier.Verify(ctx, "id", given.Message, given.Signature) == nil, nil
}

// request sends a signed request; the SDK fails it unless the answer verifies.
func (p *peer) request(ctx context.Context, given arguments) (*exchanged, error) {
	client, err := p.client(ctx, given.By)
	if err != nil {
		return nil, err
	}
	var body interface{}
	if given.Body != "" {
		body = given.Body
	}
	result, err := client.Request(
		ctx, given.Method, consts.WechatPayAPIServer+given.Path, http.Header{}, nil, body, consts.ApplicationJSON)
	return read(result, err)
}

func (p *peer) upload(ctx context.Context, given arguments) (*exchanged, error) {
	client, err := p.client(ctx, given.By)
	if err != nil {
		return nil, err
	}
	uploader := fileuploader.ImageUploader{Client: client}
	_, result, err := uploader.Upload(ctx, bytes.NewReader(given.Content), given.Filename, consts.ImagePNG)
	return read(result, err)
}

// certificates downloads and decrypts the platform certificates, as PEM by serial.
func (p *peer) certificates(ctx context.Context) (map[string]string, error) {
	got, err := downloader.NewCertificateDownloader(
		ctx, p.setup.Mchid, p.privateKey, p.setup.Serial, p.setup.APIv3Key)
	if err != nil {
		return nil, err
	}
	// The second time, with the certificates at hand, the answer itself is verified too.
	if err := got.DownloadCertificates(ctx); err != nil {
		return nil, err
	}
	return got.ExportAll(ctx), nil
}

func (p *peer) privateKeyOr(pem string) (*rsa.PrivateKey, error) {
	if pem == "" {
		return p.privateKey, nil
	}
	return utils.LoadPrivateKey(pem)
}

func read(result *core.APIResult, err error) (*exchanged, error) {
	if err != nil {
		return nil, err
	}
	body, err := io.ReadAll(result.Response.Body)
	if err != nil {
		return nil, err
	}
	return &exchanged{Status: result.Response.StatusCode, Body: string(body)}, nil
}
