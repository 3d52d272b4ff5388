package ee.interlink.systemtest;

import com.fasterxml.jackson.databind.JsonNode;
import ee.interlink.testbed.Pods;
import ee.interlink.testbed.PortalClient;
import ee.interlink.testbed.Server;
import ee.interlink.testbed.Testbed;
import ee.interlink.testbed.WireClient;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** What both front doors offer, so that one test holds for both. */
sealed interface FrontDoor {
  /** For the names of parameterised tests. */
  enum Kind {
    REST,
    INTERLINK;

    FrontDoor of(Server server) {
      return this == REST ? new Portal(server.portal()) : new Wire(server.wire());
    }
  }

  /** Hands it in to {@link Testbed#BACKEND}, which is the default one. */
  void create(JsonNode pod);

  /** Empty if there is no such pod (any more). */
  Optional<PodState> find(JsonNode pod);

  byte[] log(JsonNode pod);

  InputStream follow(JsonNode pod);

  void delete(JsonNode pod);

  record Portal(PortalClient client) implements FrontDoor {
    @Override
    public void create(JsonNode pod) {
      int status = client.post(Testbed.BACKEND, pod).status();
      if (status != 201 && status != 200) {
        throw new IllegalStateException("HTTP " + status);
      }
    }

    @Override
    public Optional<PodState> find(JsonNode pod) {
      var reply = client.get(Pods.uid(pod));
      return reply.status() == 404
          ? Optional.empty()
          : Optional.of(PodState.ofPod(reply.expect(200).json()));
    }

    @Override
    public byte[] log(JsonNode pod) {
      return client.log(Pods.uid(pod), Pods.MAIN).expect(200).bytes();
    }

    @Override
    public InputStream follow(JsonNode pod) {
      return client.follow(Pods.uid(pod), Pods.MAIN);
    }

    @Override
    public void delete(JsonNode pod) {
      client.delete(Pods.uid(pod)).expect(202);
    }
  }

  record Wire(WireClient client) implements FrontDoor {
    @Override
    public void create(JsonNode pod) {
      client.create(pod).expect(200);
    }

    @Override
    public Optional<PodState> find(JsonNode pod) {
      JsonNode answer = client.status(List.of(pod));
      return answer.path(0).isMissingNode()
          ? Optional.empty()
          : Optional.of(PodState.ofContainers(answer.get(0)));
    }

    @Override
    public byte[] log(JsonNode pod) {
      return client.log(pod, Pods.MAIN).expect(200).bytes();
    }

    @Override
    public InputStream follow(JsonNode pod) {
      return client.follow(pod, Pods.MAIN);
    }

    @Override
    public void delete(JsonNode pod) {
      client.delete(pod).expect(200);
    }
  }
}
