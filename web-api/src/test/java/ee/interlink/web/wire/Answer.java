package ee.interlink.web.wire;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.TimeoutHandler;
import jakarta.ws.rs.core.Response;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Keeps what an asynchronous call was answered with. */
final class Answer implements AsyncResponse {
  private Object given;

  Response response() {
    if (given instanceof RuntimeException e) {
      throw e;
    }
    return (Response) given;
  }

  @Override
  public boolean resume(Object response) {
    given = response;
    return true;
  }

  @Override
  public boolean resume(Throwable response) {
    given = response;
    return true;
  }

  @Override
  public boolean cancel() {
    return false;
  }

  @Override
  public boolean cancel(int retryAfter) {
    return false;
  }

  @Override
  public boolean cancel(Date retryAfter) {
    return false;
  }

  @Override
  public boolean isSuspended() {
    return given == null;
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public boolean isDone() {
    return given != null;
  }

  @Override
  public boolean setTimeout(long time, TimeUnit unit) {
    return false;
  }

  @Override
  public void setTimeoutHandler(TimeoutHandler handler) {}

  @Override
  public Collection<Class<?>> register(Class<?> callback) {
    return List.of();
  }

  @Override
  public Map<Class<?>, Collection<Class<?>>> register(Class<?> callback, Class<?>... callbacks) {
    return Map.of();
  }

  @Override
  public Collection<Class<?>> register(Object callback) {
    return List.of();
  }

  @Override
  public Map<Class<?>, Collection<Class<?>>> register(Object callback, Object... callbacks) {
    return Map.of();
  }
}
