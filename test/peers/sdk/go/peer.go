package main

import (
	"context"
	"crypto/rsa"
	"fmt"
	"net/http"
	"net/url"

	"github.com/wechatpay-apiv3/wechatpay-go/core"
	"github.com/wechatpay-apiv3/wechatpay-go/core/option"
	"github.com/wechatpay-apiv3/wechatpay-go/utils"
)

// arguments of all operations; each uses a few.
type arguments struct {
	// Of setup.
	URL         string `json:"url"`
	Mchid       string `json:"mchid"`
	Serial      string `json:"serial"`
	APIv3Key    string `json:"apiV3Key"`
	PublicKeyID string `json:"publicKeyId"`
	// Of setup, or in place of what was set up.
	PrivateKey string `json:"privateKey"`
	PublicKey  string `json:"publicKey"`
	// How answers are verified: by "key" or by "certificate".
	By string `json:"by"`

	Message        string            `json:"message"`
	Signature      string            `json:"signature"`
	Method         string            `json:"method"`
	Path           string            `json:"path"`
	Body           string            `json:"body"`
	Filename       string            `json:"filename"`
	Content        []byte            `json:"content"`
	Text           string            `json:"text"`
	Ciphertext     string            `json:"ciphertext"`
	Nonce          string            `json:"nonce"`
	AssociatedData string            `json:"associatedData"`
	Headers        map[string]string `json:"headers"`
}

type peer struct {
	setup      arguments
	privateKey *rsa.PrivateKey
	publicKey  *rsa.PublicKey
}

func (p *peer) do(op string, given arguments) (interface{}, error) {
	ctx := context.Background()
	switch op {
	case "setup":
		return nil, p.set(given)
	case "sign":
		return p.sign(ctx, given)
	case "verify":
		return p.verify(ctx, given)
	case "request":
		return p.request(ctx, given)
	case "upload":
		return p.upload(ctx, given)
	case "certificates":
		return p.certificates(ctx)
	case "encrypt":
		return p.encrypt(ctx, given)
	case "decrypt":
		return p.decrypt(ctx, given)
	case "seal":
		return p.seal(given)
	case "open":
		return utils.DecryptAES256GCM(p.setup.APIv3Key, given.AssociatedData, given.Nonce, given.Ciphertext)
	case "notification":
		return p.notification(ctx, given)
	}
	return nil, fmt.Errorf("no operation %s", op)
}

func (p *peer) set(given arguments) (err error) {
	p.setup = given
	if p.privateKey, err = utils.LoadPrivateKey(given.PrivateKey); err != nil {
		return err
	}
	if p.publicKey, err = utils.LoadPublicKey(given.PublicKey); err != nil {
		return err
	}
	sandbox, err := url.Parse(given.URL)
	if err != nil {
		return err
	}
	// The SDK's host is fixed, and its certificate downloader makes its own client.
	http.DefaultTransport = &redirected{to: sandbox, by: direct}
	return nil
}

var direct = http.DefaultTransport.(*http.Transport).Clone()

// redirected dials the sandbox, whatever the URL of a request says.
type redirected struct {
	to *url.URL
	by http.RoundTripper
}

func (r *redirected) RoundTrip(request *http.Request) (*http.Response, error) {
	clone := request.Clone(request.Context())
	clone.URL.Scheme = r.to.Scheme
	clone.URL.Host = r.to.Host
	return r.by.RoundTrip(clone)
}

func (p *peer) client(ctx context.Context, by string) (*core.Client, error) {
	if by == "certificate" {
		return core.NewClient(ctx, option.WithWechatPayAutoAuthCipher(
			p.setup.Mchid, p.setup.Serial, p.privateKey, p.setup.APIv3Key))
	}
	return core.NewClient(ctx, option.WithWechatPayPublicKeyAuthCipher(
		p.setup.Mchid, p.setup.Serial, p.privateKey, p.setup.PublicKeyID, p.publicKey))
}
