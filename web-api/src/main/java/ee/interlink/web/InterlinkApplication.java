package ee.interlink.web;

import ee.interlink.web.portal.BackendsResource;
import ee.interlink.web.portal.PodLogResource;
import ee.interlink.web.portal.PodsResource;
import ee.interlink.web.problem.ProblemMapper;
import ee.interlink.web.wire.CreateResource;
import ee.interlink.web.wire.DeleteResource;
import ee.interlink.web.wire.LogsResource;
import ee.interlink.web.wire.PingResource;
import ee.interlink.web.wire.StatusResource;
import ee.interlink.web.wire.UpdateCacheResource;
import ee.interlink.web.wire.WireSession;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** All front doors under one roof: the interLink API has its paths at the very root. */
@ApplicationPath("/")
public class InterlinkApplication extends Application {
  @Override
  public Set<Class<?>> getClasses() {
    return Set.of(
        PodsResource.class,
        PodLogResource.class,
        BackendsResource.class,
        CreateResource.class,
        DeleteResource.class,
        StatusResource.class,
        LogsResource.class,
        PingResource.class,
        UpdateCacheResource.class,
        WireSession.Filter.class,
        ProblemMapper.class);
  }

  /**
   * Payara's JAX-RS would keep up to 8 KiB of an answer back to learn its length, whoever flushes:
   * a follower of a log would see a short one at its end only. Other servers do not know the key.
   */
  @Override
  public Map<String, Object> getProperties() {
    return Map.of("jersey.config.server.contentLength.buffer", 0);
  }
}
