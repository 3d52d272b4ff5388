package ee.interlink.backends;

import ee.interlink.batch.BackendName;
import ee.interlink.configuration.ConfigurationProducer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.invoke.MethodHandles;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.annotation.AnnotationDescription;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes a {@link Lane} class and bean for each configured backend, before CDI looks for beans. */
public class LaneExtension implements Extension {

  void addLanes(@Observes BeforeBeanDiscovery discovery, BeanManager beans) {
    for (BackendName backend :
        ConfigurationProducer.read(ConfigProvider.getConfig()).backends().keySet()) {
      Class<? extends Lane> lane = laneOf(backend);
      discovery.addAnnotatedType(beans.createAnnotatedType(lane), lane.getName());
    }
  }

  private static Class<? extends Lane> laneOf(BackendName backend) {
    String name = Lane.class.getName() + "_" + backend.value().replace('-', '_');
    try {
      return new ByteBuddy()
          .subclass(Lane.class)
          .name(name)
          .annotateType(
              AnnotationDescription.Builder.ofType(ApplicationScoped.class).build(),
              AnnotationDescription.Builder.ofType(ForBackend.class)
                  .define("value", backend.value())
                  .build())
          .make()
          .load(
              Lane.class.getClassLoader(),
              ClassLoadingStrategy.UsingLookup.of(
                  MethodHandles.privateLookupIn(Lane.class, MethodHandles.lookup())))
          .getLoaded();
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("our own package is closed to us", e);
    }
  }
}
