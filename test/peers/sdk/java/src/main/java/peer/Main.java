package peer;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** WeChat Pay's own Java SDK, asked by the tests: a line of JSON on stdin is a question, one on stdout its answer. */
public final class Main {
  public static void main(String[] args) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Gson gson = new Gson();
    Peer peer = new Peer();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Arguments asked = gson.fromJson(line, Arguments.class);
      JsonObject answer = new JsonObject();
      answer.addProperty("id", asked.id);
      try {
        answer.add("result", gson.toJsonTree(peer.answer(asked)));
      } catch (Exception error) {
        answer.addProperty("error", error.getClass().getSimpleName() + ": " + error.getMessage());
      }
      out.println(gson.toJson(answer));
    }
    // The SDK's certificate service keeps a thread.
    System.exit(0);
  }
}
