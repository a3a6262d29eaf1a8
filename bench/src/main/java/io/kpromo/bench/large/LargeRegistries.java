// SPDX-License-Identifier: Apache-2.0
// Copyright The kpromo Authors
package io.kpromo.bench.large;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;

/// A process with a staging registry and some sinks: `LargeRegistries BYTES SINKS`. Prints a line `source PORT DIGEST`,
/// a line `sink PORT` each, `ready`, and ends with its standard input.
public final class LargeRegistries {
    private LargeRegistries() {}

    public static void main(String[] arguments) throws IOException {
        StagedImage image = new StagedImage(new EndlessLayer(Long.parseLong(arguments[0])));
        System.out.println("source " + serve(image) + " " + image.digest());
        for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
            System.out.println("sink " + serve(new Sink()));
        }
        System.out.println("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
        System.exit(0);
    }

    private static int serve(HttpHandler handler) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", handler);
        server.start();
        return server.getAddress().getPort();
    }
}
