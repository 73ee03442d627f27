using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace HaLong.AppHost.Native;

/// <summary>The environment variables of a process: Aspire's contract, and nothing of the host's own settings.</summary>
internal static partial class Surroundings
{
    /// <summary>Many small processes on few cores start faster, and use less, with these; a value set outside wins.</summary>
    private static readonly (string Name, string Value)[] Runtime =
    [
        ("DOTNET_TieredPGO", "0"),
        ("DOTNET_gcServer", "0"),
        ("DOTNET_CLI_TELEMETRY_OPTOUT", "1"),
        ("DOTNET_EnableDiagnostics_Profiler", "0"),
    ];

    /// <summary>A short run ends before optimised code and a small heap could pay.</summary>
    private static readonly (string Name, string Value)[] ShortRun = [("DOTNET_TC_CallCountingDelayMs", "FFFF"), ("DOTNET_GCgen0size", "4000000")];

    public static Dictionary<string, string?> Of(Resource resource, int replica, string environmentName, Func<string, string?> outside)
    {
        var variables = new Dictionary<string, string?>();
        foreach (var name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(n => HostOnly.IsMatch(n)))
            variables[name] = null;
        if (resource is ProjectResource)
        {
            foreach (var (name, value) in Runtime.Concat(resource.RunsToCompletion ? ShortRun : []).Where(r => outside(r.Name) is null))
                variables[name] = value;
            variables["ASPNETCORE_ENVIRONMENT"] = variables["DOTNET_ENVIRONMENT"] = environmentName;
            Telemetry(variables, resource, replica, outside);
        }

        var urls = resource is not ProjectResource ? [] : resource.Endpoints.Where(e => e.Scheme == "http" && e.Variable is null).Select(e => e.Url(replica)).ToList();
        if (urls.Count > 0)
            variables["ASPNETCORE_URLS"] = string.Join(';', urls);
        foreach (var endpoint in resource.Endpoints.Where(e => e.Variable is not null))
            variables[endpoint.Variable!] = endpoint.PortOf(replica).ToString(null, null);
        foreach (var connection in resource.Connections)
            variables[connection.Variable] = Connect(resource, connection);
        foreach (var service in resource.Services)
            Discover(variables, service);
        foreach (var (name, value) in resource.Environment)
            variables[name] = value.Value();
        return variables;
    }

    /// <summary>How to run the assembly: by the runtime that runs the host.</summary>
    public static string DotNet()
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        return Path.Combine(root, "dotnet") is var path && File.Exists(path) ? path : "dotnet";
    }

    private static string? Connect(Resource resource, ConnectionReference connection)
    {
        try
        {
            return connection.Source.ConnectionString?.Value();
        }
        catch (DistributedApplicationException) when (connection.Optional)
        {
            return null;
        }
        catch (DistributedApplicationException exception)
        {
            throw new DistributedApplicationException($"{resource.Name}: {exception.Message}", exception);
        }
    }

    private static void Discover(Dictionary<string, string?> variables, ServiceReference service)
    {
        foreach (var endpoint in service.OnlyEndpoint is { } only ? [service.Source.EndpointNamed(only)] : service.Source.Endpoints)
        {
            for (var index = 0; index < service.Source.Replicas; index++)
                variables[$"services__{service.Source.Name}__{endpoint.Name}__{index}"] = endpoint.Url(index);
        }
    }

    private static void Telemetry(Dictionary<string, string?> variables, Resource resource, int replica, Func<string, string?> outside)
    {
        variables["OTEL_SERVICE_NAME"] = resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={resource.Name}-{replica}-{Environment.ProcessId}";
        if (outside("OTEL_EXPORTER_OTLP_ENDPOINT") is not { Length: > 0 } collector)
            return;
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector;
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = outside("OTEL_EXPORTER_OTLP_PROTOCOL") ?? "grpc";
        foreach (var delay in new[] { "OTEL_BLRP_SCHEDULE_DELAY", "OTEL_BSP_SCHEDULE_DELAY", "OTEL_METRIC_EXPORT_INTERVAL" })
            variables[delay] = outside(delay) ?? "1000";
        variables["OTEL_TRACES_SAMPLER"] = "always_on";
    }

    [GeneratedRegex("^(ASPNETCORE_|DOTNET_(ENVIRONMENT|URLS|LAUNCH_PROFILE|HOST_PATH|STARTUP_HOOKS)$|Parameters__|ConnectionStrings__|services__|OTEL_|HALONG_|MSBuild|MSBUILD|Kestrel__|VSTEST_)")]
    private static partial Regex HostOnly { get; }
}
