package ee.interlink.testbed;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** The portal's REST API, version 1, as its clients see it. */
public final class PortalClient {
  private static final String PODS = "/api/v1/pods";
  private final Http http;

  public PortalClient(URI server) {
    http = new Http(server);
  }

  /** POST of a pod to a backend; the answer whatever it is. */
  public Reply post(String backend, String type, byte[] body) {
    return http.send("POST", PODS + "?backend=" + backend, type, body);
  }

  public Reply post(String backend, JsonNode pod) {
    return post(backend, "application/json", pod.toString().getBytes(StandardCharsets.UTF_8));
  }

  /** POST of a pod that must be accepted; its UID. */
  public String create(String backend, JsonNode pod) {
    return post(backend, pod).expect(201).json().at("/metadata/uid").asText();
  }

  public Reply get(String uid) {
    return http.send("GET", PODS + "/" + uid);
  }

  /** The pod with its status; it must be there. */
  public JsonNode pod(String uid) {
    return get(uid).expect(200).json();
  }

  /**
   * All pods that match, as a PodList.
   *
   * @param query for instance {@code backend=slurm}, or empty
   */
  public JsonNode list(String query) {
    return http.send("GET", PODS + "?" + query).expect(200).json();
  }

  public Reply delete(String uid) {
    return http.send("DELETE", PODS + "/" + uid);
  }

  public Reply log(String uid, String container) {
    return http.send("GET", PODS + "/" + uid + "/log?container=" + container);
  }

  /** The container's output until its end. */
  public InputStream follow(String uid, String container) {
    return http.stream(PODS + "/" + uid + "/log?follow=true&container=" + container);
  }

  public JsonNode backends() {
    return http.send("GET", "/api/v1/backends").expect(200).json();
  }

  /** Any other request. */
  public Reply send(String method, String path, String type, byte[] body) {
    return http.send(method, path, type, body);
  }
}
