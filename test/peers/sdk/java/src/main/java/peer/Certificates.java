package peer;

import com.wechat.pay.java.core.certificate.CertificateDownloader;
import com.wechat.pay.java.core.certificate.CertificateHandler;
import com.wechat.pay.java.core.cipher.AeadCipher;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.util.PemUtil;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Downloads the platform certificates as the SDK does. */
final class Certificates {
  private Certificates() {}

  /** PEM by serial number. */
  static Map<String, String> download(String url, HttpClient client, AeadCipher cipher)
      throws CertificateEncodingException {
    CertificateDownloader downloader =
        new CertificateDownloader.Builder()
            .downloadUrl(url)
            .httpClient(client)
            .aeadCipher(cipher)
            .certificateHandler(new Handler())
            .build();
    Map<String, String> all = new HashMap<>();
    for (Map.Entry<String, X509Certificate> one : downloader.download().entrySet()) {
      String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(one.getValue().getEncoded());
      all.put(
          one.getKey(),
          "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    }
    return all;
  }

  private static final class Handler implements CertificateHandler {
    @Override
    public X509Certificate generateCertificate(String certificate) {
      return PemUtil.loadX509FromString(certificate);
    }

    @Override
    public void validateCertPath(X509Certificate certificate) {}
  }
}
