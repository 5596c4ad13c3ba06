package peer;

import java.io.IOException;
import okhttp3.HttpUrl;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/** Sends every request to the sandbox, whatever its URL says: some of the SDK's hosts are fixed. */
final class Redirected implements Interceptor {
  private final HttpUrl sandbox;

  private Redirected(String url) {
    sandbox = HttpUrl.get(url);
  }

  static OkHttpClient to(String url) {
    return new OkHttpClient.Builder().addInterceptor(new Redirected(url)).build();
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    HttpUrl url =
        chain.request().url().newBuilder()
            .scheme(sandbox.scheme())
            .host(sandbox.host())
            .port(sandbox.port())
            .build();
    return chain.proceed(chain.request().newBuilder().url(url).build());
  }
}
