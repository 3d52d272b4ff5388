package ee.interlink.connector;

import jakarta.resource.spi.ManagedConnectionMetaData;

/** What a server's console shows of a connection. */
record BatchMetadata(ConnectionRequest request) implements ManagedConnectionMetaData {

  @Override
  public String getEISProductName() {
    return request.backend().driver();
  }

  /** Asking for it would cost a remote question. */
  @Override
  public String getEISProductVersion() {
    return "";
  }

  /** No limit that we know of. */
  @Override
  public int getMaxConnections() {
    return 0;
  }

  @Override
  public String getUserName() {
    return request.account().value();
  }
}
