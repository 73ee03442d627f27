using System.Text.RegularExpressions;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;

namespace HaLong.Gateway.Edge;

/// <summary>What services keep to themselves does not exist for the world: probes, metrics, their own documents, gRPC.</summary>
internal static partial class ClosedPaths
{
    private static readonly string[] Probes = ["/health", "/alive"];
    private static readonly string[] Internal = ["/internal", "/metrics", "/openapi", "/asyncapi", "/grpc", "/scalar"];

    // Under these, but meant for everybody: they describe the platform.
    private static readonly string[] Documents = ["/openapi/v1.json", "/asyncapi/v1.json"];

    public static void UseClosedPaths(this WebApplication app)
    {
        var managementPort = ManagementPort.Of(app.Configuration);
        app.Use(async (context, next) =>
        {
            var probe = Under(context.Request.Path, Probes);
            var open = managementPort is null
                ? !IsClosed(context.Request)
                : context.Connection.LocalPort == managementPort ? probe : !probe && !IsClosed(context.Request);
            if (open)
            {
                await next(context);
                return;
            }

            await CommonErrors.NotFound.ToProblem().ExecuteAsync(context);
        });
    }

    public static bool IsClosed(HttpRequest request)
    {
        var path = request.Path;
        return IsGrpc(request.ContentType) || IsGrpcService(path) || HidesItsPath(request)
            || (Under(path, Internal) && !Documents.Contains(path.Value, StringComparer.OrdinalIgnoreCase))
            || (Under(path, Probes) && !Probes.Contains(path.Value, StringComparer.OrdinalIgnoreCase));
    }

    private static bool Under(PathString path, string[] roots) => roots.Any(root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));

    // Also grpc-web, which is another door to the same services.
    private static bool IsGrpc(string? contentType) => contentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true;

    // /package.Service/Method: no public path has a dot in its first segment, except /.well-known.
    private static bool IsGrpcService(PathString path)
    {
        var value = path.Value.AsSpan().TrimStart('/');
        var slash = value.IndexOf('/');
        return slash > 0 && value[0] != '.' && value[..slash].Contains('.');
    }

    // An encoded slash or an empty segment means one thing to a route here and may mean another one behind.
    private static bool HidesItsPath(HttpRequest request)
    {
        var raw = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "";
        var path = raw.Split('?', 2)[0];
        // A question about a certificate is Base64 in the path (RFC 6960 appendix A), which has slashes of its own and nothing that climbs.
        if (StatusQuestion().IsMatch(path))
            return false;
        return path.Contains("//", StringComparison.Ordinal) || path.Contains('\\')
            || path.Contains("%2f", StringComparison.OrdinalIgnoreCase) || path.Contains("%5c", StringComparison.OrdinalIgnoreCase);
    }

    [GeneratedRegex("^/pki/ocsp/(?:[A-Za-z0-9+/=]|%2[BbFf]|%3[Dd]){1,8000}$")]
    private static partial Regex StatusQuestion();
}
