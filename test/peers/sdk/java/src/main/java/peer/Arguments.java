package peer;

import java.util.Map;

/** Arguments of all operations; each uses a few. */
final class Arguments {
  int id;
  String op;

  // Of setup.
  String url;
  String mchid;
  String serial;
  String apiV3Key;
  String publicKeyId;
  // Of setup, or in place of what was set up.
  String privateKey;
  String publicKey;
  // How answers are verified: by "key" or by "certificate".
  String by;

  String message;
  String signature;
  String method;
  String path;
  String body;
  String filename;
  String content;
  String text;
  String ciphertext;
  String nonce;
  String associatedData;
  Map<String, String> headers;
}
