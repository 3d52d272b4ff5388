package ee.interlink.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BackendUnavailableException;
import ee.interlink.batch.BatchConnection;
import ee.interlink.batch.BatchConnectionFactory;
import ee.interlink.batch.ContainerName;
import ee.interlink.batch.JobId;
import ee.interlink.batch.JobRef;
import ee.interlink.batch.JobRejectedException;
import ee.interlink.batch.LogFile;
import ee.interlink.batch.LogRange;
import ee.interlink.batch.NotAuthorisedException;
import ee.interlink.batch.PodUid;
import ee.interlink.batch.ReportCursor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConnectionPoolingTest {
  private static final AccountName ALICE = new AccountName("alice");
  private static final AccountName BOB = new AccountName("bob");
  private static final BackendSettings NORTH = backend("north");
  private static final BackendSettings SOUTH = backend("south");
  private static final PodUid POD = new PodUid("a-pod");
  private static final JobRef JOB = new JobRef(POD, new JobId("1"));

  private final FakeDriver driver = new FakeDriver();
  private final FakePool pool = new FakePool(2);
  private final BatchManagedConnectionFactory managed =
      new BatchManagedConnectionFactory(new Drivers(List.of(driver)));
  private final BatchConnectionFactory connections =
      (BatchConnectionFactory) managed.createConnectionFactory(pool);

  @Test
  void a_connection_given_back_is_used_again_for_the_same_backend_and_account() throws Exception {
    connections.getConnection(NORTH, ALICE).close();
    connections.getConnection(backend("north"), ALICE).close();

    assertThat(driver.opened).hasSize(1);
  }

  @Test
  void neither_another_account_nor_another_backend_gets_it() throws Exception {
    connections.getConnection(NORTH, ALICE).close();
    connections.getConnection(NORTH, BOB).close();
    connections.getConnection(SOUTH, ALICE).close();

    assertThat(driver.opened).hasSize(3);
  }

  @Test
  void changed_settings_of_a_backend_open_a_new_connection() throws Exception {
    connections.getConnection(NORTH, ALICE).close();
    connections
        .getConnection(new BackendSettings(NORTH.name(), "fake", Map.of("host", "other")), ALICE)
        .close();

    assertThat(driver.opened).hasSize(2);
  }

  @Test
  void a_connection_that_died_while_idle_is_not_given_out_and_is_named_invalid() throws Exception {
    connections.getConnection(NORTH, ALICE).close();
    driver.opened.get(0).open = false;

    connections.getConnection(NORTH, ALICE).close();

    assertThat(driver.opened).hasSize(2);
    BatchManagedConnection alive = freshManaged();
    BatchManagedConnection dead = freshManaged();
    dead.physical().close();
    assertThat(managed.getInvalidConnections(Set.of(dead, alive)).toArray()).containsExactly(dead);
  }

  @Test
  void a_call_that_ends_its_connection_makes_the_pool_throw_it_away() throws Exception {
    BatchConnection connection = connections.getConnection(NORTH, ALICE);
    FakeDriverConnection physical = driver.opened.get(0);
    physical.open = false;
    physical.failure = Optional.of(new BackendUnavailableException("the line is dead"));

    assertThatThrownBy(() -> connection.find(POD)).hasMessage("the line is dead");
    connection.close();

    assertThat(physical.closed).isTrue();
    assertThat(pool.inUse()).isZero();
    assertThat(pool.idle()).isZero();
  }

  @Test
  void a_call_that_fails_over_a_healthy_connection_keeps_it_in_the_pool() throws Exception {
    BatchConnection connection = connections.getConnection(NORTH, ALICE);
    FakeDriverConnection physical = driver.opened.get(0);
    physical.failure = Optional.of(new JobRejectedException("no such partition"));

    assertThatThrownBy(() -> connection.discard(POD)).isInstanceOf(JobRejectedException.class);
    connection.close();

    assertThat(physical.closed).isFalse();
    assertThat(pool.idle()).isOne();
  }

  @Test
  void a_closed_connection_refuses_to_work_for_its_former_user() throws Exception {
    BatchConnection first = connections.getConnection(NORTH, ALICE);
    first.close();
    BatchConnection second = connections.getConnection(NORTH, ALICE);
    first.close();

    assertThatIllegalStateException().isThrownBy(() -> first.find(POD));
    assertThat(second.find(POD)).isPresent();
    assertThat(pool.inUse()).isOne();
  }

  @Test
  void a_connection_never_works_for_another_account_whatever_the_pool_says() {
    BatchManagedConnection alices = freshManaged();

    assertThatThrownBy(() -> alices.getConnection(null, new ConnectionRequest(NORTH, BOB)))
        .isInstanceOf(jakarta.resource.spi.IllegalStateException.class);
  }

  @Test
  void every_call_reaches_the_driver() throws Exception {
    try (BatchConnection connection = connections.getConnection(NORTH, ALICE)) {
      connection.report(List.of(JOB), ReportCursor.START);
      connection.cancel(JOB, Duration.ZERO);
      connection.log(JOB, LogFile.output(new ContainerName("main")), new LogRange(0, 1));
      connection.discard(POD);
      connection.capacity();
    }

    assertThat(driver.opened.get(0).calls)
        .containsExactly("report", "cancel", "log", "discard", "capacity");
  }

  @Test
  void a_handle_that_the_server_moves_works_over_the_other_connection() throws Exception {
    BatchConnection connection = connections.getConnection(NORTH, ALICE);
    freshManaged().associateConnection(connection);

    connection.find(POD);

    assertThat(driver.opened.get(1).calls).containsExactly("find");
    assertThat(driver.opened.get(0).calls).isEmpty();
  }

  @Test
  void the_pool_itself_never_waits_for_a_site() throws Exception {
    managed.createManagedConnection(null, new ConnectionRequest(NORTH, ALICE));

    assertThat(driver.opened).isEmpty();
  }

  @Test
  void an_exhausted_pool_is_a_backend_to_be_tried_later() throws Exception {
    connections.getConnection(NORTH, ALICE);
    connections.getConnection(NORTH, BOB);

    assertThatThrownBy(() -> connections.getConnection(SOUTH, ALICE))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("backend south: no connection as alice")
        .hasMessageContaining("all 2 are in use");
  }

  @Test
  void a_refusal_at_the_door_reaches_the_caller_as_it_is_and_leaves_nothing_in_the_pool() {
    driver.refusal = Optional.of(new NotAuthorisedException("the key is not known"));

    assertThatThrownBy(() -> connections.getConnection(NORTH, ALICE))
        .isInstanceOf(NotAuthorisedException.class)
        .hasMessage("the key is not known");
    assertThat(pool.inUse()).isZero();
    assertThat(pool.idle()).isZero();
  }

  private BatchManagedConnection freshManaged() {
    return new BatchManagedConnection(new ConnectionRequest(NORTH, ALICE), driver);
  }

  private static BackendSettings backend(String name) {
    return new BackendSettings(new BackendName(name), "fake", Map.of("host", "here"));
  }
}
