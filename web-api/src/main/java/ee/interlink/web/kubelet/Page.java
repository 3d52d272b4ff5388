package ee.interlink.web.kubelet;

import ee.interlink.batch.BatchException;
import java.io.IOException;

/** Something that a node's port has to show. Who asks has been found to be allowed to. */
interface Page {
  void show(Exchange exchange) throws IOException, BatchException;
}
