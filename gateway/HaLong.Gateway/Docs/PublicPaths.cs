using Yarp.ReverseProxy.Configuration;

namespace HaLong.Gateway.Docs;

/// <summary>Which service the route table gives a documented path to: only what can be reached is documented.</summary>
internal sealed class PublicPaths(IEnumerable<RouteConfig> routes)
{
    private readonly List<(string[] Segments, string? Cluster)> _routes =
        [.. routes.Where(r => r.Match.Path is not null).Select(r => (Split(r.Match.Path!), r.ClusterId))];

    public bool BelongsTo(string service, string path)
    {
        var segments = Split(path);
        var best = _routes.Where(r => Matches(r.Segments, segments)).OrderByDescending(r => r.Segments.Count(s => s[0] != '{')).FirstOrDefault();
        return best.Cluster == service;
    }

    private static bool Matches(string[] route, string[] path)
    {
        for (var i = 0; i < route.Length; i++)
        {
            if (route[i].StartsWith("{**", StringComparison.Ordinal))
            {
                return true;
            }

            if (i >= path.Length || (route[i][0] != '{' && !route[i].Equals(path[i], StringComparison.OrdinalIgnoreCase)))
            {
                return false;
            }
        }

        return route.Length == path.Length;
    }

    private static string[] Split(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);
}
