package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static ee.interlink.batch.Pods.freshUid;
import static ee.interlink.batch.Pods.pod;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllowedImagesTest {
  private static void check(String listed, String image) throws InvalidRequestException {
    AllowedImages.of(Optional.ofNullable(listed), "docker://")
        .check(pod(freshUid(), container("main", image, "true")));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "all",
      delimiter = '|',
      value = {
        "all | anything",
        "docker://busybox | busybox",
        "docker://busybox:1 | busybox:1",
        "docker://r.test | r.test/app:1",
        "docker://r.test/ | r.test/app:1",
        "docker://r.test/team | r.test/team/app",
        "docker://r.test/team/app | r.test/team/app:1",
        "docker://r.test/team/app | docker://r.test/team/app@sha256:12",
        "docker://s.test,oras://r.test/ | oras://r.test/app",
        "/cvmfs | /cvmfs/images/app.sif",
        "/cvmfs/ | /cvmfs/images/../app.sif",
      })
  void what_is_listed_is_let_in_with_all_behind_it(String listed, String image) {
    assertThatCode(() -> check(listed, image)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "docker://r.test | r.test.evil/app",
        "docker://r.test | r.test:5000/app",
        "docker://r.test | r.test@evil/app",
        "docker://r.test/team | r.test/teams/app",
        "docker://r.test/team | r.test/team/../other/app",
        "docker://busybox:1 | busybox:12",
        "docker://r.test | oras://r.test/app",
        "/cvmfs | /cvmfs2/app.sif",
        "/cvmfs | /cvmfs/../home/app.sif",
        "/cvmfs | oci:/cvmfs/app",
        "oci:/cvmfs/ | oci:/cvmfs/../home/app",
        "docker:// | ./app.sif",
      })
  void all_else_is_refused_by_its_field(String listed, String image) {
    assertThatThrownBy(() -> check(listed, image))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageStartingWith("spec.containers[0].image is ")
        .hasMessageEndingWith("(image-allow): [" + listed + "]");
  }

  @Test
  void init_containers_are_containers() {
    JobRequest request =
        pod(
            freshUid(),
            List.of(container("init", "b", "true")),
            List.of(container("main", "a", "true")));
    assertThatThrownBy(
            () -> AllowedImages.of(Optional.of("docker://a"), "docker://").check(request))
        .hasMessageStartingWith("spec.initContainers[0].image is docker://b");
  }
}
