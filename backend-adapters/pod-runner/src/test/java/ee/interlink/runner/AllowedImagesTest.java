package ee.interlink.runner;

import static ee.interlink.batch.Pods.container;
import static ee.interlink.batch.Pods.freshUid;
import static ee.interlink.batch.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.ImageName;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.JobRequest;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "docker://r.test/team/app | docker://r.test/team/app@sha256:1212121212121212121212121212121212121212121212121212121212121212",
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
        "oras://r.test | oras://r.test@evil/app",
        "docker://r.test/team | r.test/teams/app",
        "oras://r.test/team | oras://r.test/team/../other/app",
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

  @ParameterizedTest
  @ValueSource(
      strings = {"Busybox", "docker://busybox:", "r.test/a b", "r@evil/app", "r.test/t/../a"})
  void a_name_that_no_image_can_have_is_refused_whatever_is_listed(String image) {
    JobRequest request = pod(freshUid(), container("main", image, "true"));
    assertThat(AllowedImages.mayRefuse(request, false)).isTrue();
    for (String listed : new String[] {null, "docker://"}) {
      assertThatThrownBy(() -> check(listed, image))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessage("spec.containers[0].image " + ImageName.FAULT);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/images/App.sif", "oras://r.test/App", "oci:App", "library://A/b"})
  void what_is_no_registry_s_image_may_have_any_name(String image) {
    assertThatCode(() -> check(null, image)).doesNotThrowAnyException();
  }

  @Test
  void behind_another_prefix_names_are_not_a_registry_s() {
    assertThatCode(
            () ->
                AllowedImages.of(Optional.empty(), "/cvmfs/images/")
                    .check(pod(freshUid(), container("main", "Busybox", "true"))))
        .doesNotThrowAnyException();
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
