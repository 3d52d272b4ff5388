package ee.interlink.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import ee.interlink.systemtest.SharedServer.Site;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** After all that no outage disturbed, the server has nothing to complain of. */
@Tag("testbed")
@Tag("any-scheduler")
@Order(41)
@Alone
@ExtendWith(SharedServer.class)
class ServerLogIT {

  @Test
  void the_log_holds_no_error_and_no_warning(Site site) {
    System.out.println("FIGURE server-memory-kib " + site.server().memory());
    List<String> complaints =
        site.server()
            .logText()
            .lines()
            .filter(line -> line.matches(".*\\b(SEVERE|ERROR|WARNING|WARN|FATAL)\\b.*|\\s+at .*"))
            .toList();
    assertThat(complaints).isEmpty();
  }
}
