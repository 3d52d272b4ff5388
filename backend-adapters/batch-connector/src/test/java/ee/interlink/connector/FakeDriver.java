package ee.interlink.connector;

import ee.interlink.batch.AccountName;
import ee.interlink.batch.BackendSettings;
import ee.interlink.batch.BatchDriver;
import ee.interlink.batch.BatchException;
import ee.interlink.batch.InvalidRequestException;
import ee.interlink.batch.InvalidSettingException;
import ee.interlink.batch.JobRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A driver whose connections the test can break. */
final class FakeDriver implements BatchDriver {
  final List<FakeDriverConnection> opened = new ArrayList<>();
  Optional<BatchException> refusal = Optional.empty();

  @Override
  public String name() {
    return "fake";
  }

  @Override
  public void check(BackendSettings backend) throws InvalidSettingException {
    if (!backend.values().containsKey("host")) {
      throw new InvalidSettingException(backend.key("host"), "is missing");
    }
  }

  @Override
  public void check(BackendSettings backend, JobRequest request) throws InvalidRequestException {
    if (request.annotations().containsKey("fake")) {
      throw new InvalidRequestException(Map.of("metadata.annotations[fake]", "is not allowed"));
    }
  }

  @Override
  public DriverConnection connect(BackendSettings backend, AccountName account)
      throws BatchException {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    FakeDriverConnection connection = new FakeDriverConnection();
    opened.add(connection);
    return connection;
  }
}
