package ee.interlink.web.kubelet;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.eclipse.jetty.http.HttpHeader;

/** A registry in the form that the scraper likes best. */
final class MetricsPage implements Page {
  private final PrometheusRegistry registry;
  private final ExpositionFormats formats = ExpositionFormats.init();

  MetricsPage(PrometheusRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void show(Exchange exchange) throws IOException {
    ExpositionFormatWriter format =
        formats.findWriter(exchange.header(HttpHeader.ACCEPT).orElse(""));
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    format.write(body, registry.scrape());
    exchange.answer(200, format.getContentType(), body.toByteArray());
  }
}
