namespace Aspire.Hosting.Publishing;
internal static class ManifestWriter { public static void Write(DistributedApplicationBuilder b) { } }
