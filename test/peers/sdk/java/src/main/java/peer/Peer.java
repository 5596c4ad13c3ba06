package peer;

import com.google.gson.JsonElement;
import com.wechat.pay.java.core.Config;
import com.wechat.pay.java.core.RSAAutoCertificateConfig;
import com.wechat.pay.java.core.RSAPublicKeyConfig;
import com.wechat.pay.java.core.cipher.AeadAesCipher;
import com.wechat.pay.java.core.cipher.PrivacyEncryptor;
import com.wechat.pay.java.core.cipher.RSAPrivacyDecryptor;
import com.wechat.pay.java.core.cipher.RSASigner;
import com.wechat.pay.java.core.cipher.RSAVerifier;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.http.HttpClient;
import com.wechat.pay.java.core.http.HttpMethod;
import com.wechat.pay.java.core.http.HttpRequest;
import com.wechat.pay.java.core.http.HttpResponse;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.notification.NotificationConfig;
import com.wechat.pay.java.core.notification.NotificationParser;
import com.wechat.pay.java.core.notification.RequestParam;
import com.wechat.pay.java.core.util.PemUtil;
import com.wechat.pay.java.service.file.FileUploadService;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The operations, each by the SDK's own classes. */
final class Peer {
  private static final String HOST = "https://api.mch.weixin.qq.com";

  private Arguments setup;
  private Config byKey;
  private Config byCertificate;

  Object answer(Arguments given) throws Exception {
    switch (given.op) {
      case "setup":
        return set(given);
      case "sign":
        return new RSASigner(setup.serial, PemUtil.loadPrivateKeyFromString(or(given.privateKey, setup.privateKey)))
            .sign(given.message)
            .getSign();
      case "verify":
        return new RSAVerifier(PemUtil.loadPublicKeyFromString(given.publicKey), "id")
            .verify("id", given.message, given.signature);
      case "request":
        return request(given);
      case "upload":
        return upload(given);
      case "certificates":
        return Certificates.download(HOST + "/v3/certificates", client("certificate"), aead());
      case "encrypt":
        return encrypt(given);
      case "decrypt":
        return new RSAPrivacyDecryptor(PemUtil.loadPrivateKeyFromString(or(given.privateKey, setup.privateKey)))
            .decrypt(given.ciphertext);
      case "seal":
        return aead().encrypt(bytes(given.associatedData), bytes(given.nonce), bytes(given.text));
      case "open":
        return aead()
            .decrypt(bytes(given.associatedData), bytes(given.nonce), Base64.getDecoder().decode(given.ciphertext));
      case "notification":
        return notification(given);
      default:
        throw new IllegalArgumentException("no operation " + given.op);
    }
  }

  private Object set(Arguments given) {
    setup = given;
    byKey =
        new RSAPublicKeyConfig.Builder()
            .merchantId(given.mchid)
            .privateKey(given.privateKey)
            .merchantSerialNumber(given.serial)
            .publicKey(given.publicKey)
            .publicKeyId(given.publicKeyId)
            .apiV3Key(given.apiV3Key)
            .build();
    byCertificate = null;
    return null;
  }

  /** The configuration; the one with certificates downloads them when it is first asked for. */
  private Config config(String by) {
    if (!"certificate".equals(by)) {
      return byKey;
    }
    if (byCertificate == null) {
      byCertificate =
          new RSAAutoCertificateConfig.Builder()
              .merchantId(setup.mchid)
              .privateKey(setup.privateKey)
              .merchantSerialNumber(setup.serial)
              .apiV3Key(setup.apiV3Key)
              .httpClientBuilder(new DefaultHttpClientBuilder().okHttpClient(Redirected.to(setup.url)))
              .build();
    }
    return byCertificate;
  }

  private HttpClient client(String by) {
    return new DefaultHttpClientBuilder().config(config(by)).okHttpClient(Redirected.to(setup.url)).build();
  }

  /** Sends a signed request; the SDK throws unless the answer verifies. */
  private Object request(Arguments given) {
    HttpRequest.Builder request =
        new HttpRequest.Builder()
            .httpMethod(HttpMethod.valueOf(given.method))
            .url(HOST + given.path)
            .addHeader("Accept", "application/json")
            .addHeader("Content-Type", "application/json");
    if (!"".equals(or(given.body, ""))) {
      request.body(new JsonRequestBody.Builder().body(given.body).build());
    }
    HttpResponse<JsonElement> got = client(given.by).execute(request.build(), JsonElement.class);
    Map<String, Object> result = new HashMap<>();
    // The SDK throws for any other status.
    result.put("status", got.getServiceResponse() == null ? 204 : 200);
    result.put("body", got.getServiceResponse() == null ? "" : got.getServiceResponse().toString());
    return result;
  }

  private Object upload(Arguments given) throws Exception {
    byte[] content = Base64.getDecoder().decode(given.content);
    StringBuilder digest = new StringBuilder();
    for (byte one : MessageDigest.getInstance("SHA-256").digest(content)) {
      digest.append(String.format("%02x", one));
    }
    String meta = String.format("{\"filename\":\"%s\",\"sha256\":\"%s\"}", given.filename, digest);
    String mediaId =
        new FileUploadService.Builder()
            .httpClient(client(given.by))
            .build()
            .uploadImage(HOST + given.path, meta, given.filename, content)
            .getMediaId();
    Map<String, Object> result = new HashMap<>();
    result.put("status", 200);
    result.put("body", "{\"media_id\":\"" + mediaId + "\"}");
    return result;
  }

  private Object encrypt(Arguments given) {
    PrivacyEncryptor encryptor = config(given.by).createEncryptor();
    Map<String, String> result = new HashMap<>();
    result.put("serial", encryptor.getWechatpaySerial());
    result.put("ciphertext", encryptor.encrypt(given.text));
    return result;
  }

  /** Verifies a notification, decrypts it, and returns the text of its resource. */
  private String notification(Arguments given) {
    RequestParam request =
        new RequestParam.Builder()
            .serialNumber(given.headers.get("Wechatpay-Serial"))
            .nonce(given.headers.get("Wechatpay-Nonce"))
            .signature(given.headers.get("Wechatpay-Signature"))
            .timestamp(given.headers.get("Wechatpay-Timestamp"))
            .body(given.body)
            .build();
    return new NotificationParser((NotificationConfig) config(given.by))
        .parse(request, JsonElement.class)
        .toString();
  }

  private AeadAesCipher aead() {
    return new AeadAesCipher(bytes(setup.apiV3Key));
  }

  private static byte[] bytes(String text) {
    return or(text, "").getBytes(StandardCharsets.UTF_8);
  }

  private static String or(String given, String other) {
    return given == null || given.isEmpty() ? other : given;
  }
}
