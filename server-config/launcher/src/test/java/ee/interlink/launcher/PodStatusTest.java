package ee.interlink.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class PodStatusTest {

  @Test
  void the_first_exit_code_that_is_not_zero_stands_for_the_pod() {
    PodStatus pod =
        pod(
            """
            {"phase":"Failed","containerStatuses":[
              {"name":"a","state":{"terminated":{"exitCode":0,"reason":"Completed"}}},
              {"name":"b","state":{"terminated":{"exitCode":3,"reason":"Error"}}},
              {"name":"c","state":{"terminated":{"exitCode":4,"reason":"Error"}}}]}
            """);
    assertThat(pod.exitCode()).isEqualTo(3);
  }

  @Test
  void a_failed_init_container_comes_before_the_others() {
    PodStatus pod =
        pod(
            """
            {"phase":"Failed",
             "initContainerStatuses":[{"name":"i","state":{"terminated":{"exitCode":7}}}],
             "containerStatuses":[{"name":"a","state":{"waiting":{"reason":"PodInitializing"}}}]}
            """);
    assertThat(pod.exitCode()).isEqualTo(7);
  }

  @Test
  void a_pod_that_failed_without_any_exit_code_never_looks_like_success() {
    assertThat(pod("{\"phase\":\"Failed\",\"reason\":\"Rejected\"}").exitCode()).isEqualTo(1);
  }

  @Test
  void a_pod_without_a_status_is_pending() {
    PodStatus pod = pod("{}");
    assertThat(pod.headline()).isEqualTo("Pending");
    assertThat(pod.ended()).isFalse();
  }

  @Test
  void a_waiting_pod_says_what_it_waits_for() {
    PodStatus pod =
        pod(
            """
            {"phase":"Pending","containerStatuses":[
              {"name":"a","state":{"waiting":{"reason":"PENDING Resources"}}}]}
            """);
    assertThat(pod.headline()).isEqualTo("Pending (PENDING Resources)");
  }

  @Test
  void the_words_of_the_pod_come_before_those_of_its_containers() {
    PodStatus pod = pod("{\"phase\":\"Failed\",\"reason\":\"TimeLimit\",\"message\":\"TIMEOUT\"}");
    assertThat(pod.headline()).isEqualTo("Failed (TimeLimit: TIMEOUT)");
  }

  private static PodStatus pod(String status) {
    try {
      return PodStatus.of(new ObjectMapper().readTree("{\"status\":" + status + "}"));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
