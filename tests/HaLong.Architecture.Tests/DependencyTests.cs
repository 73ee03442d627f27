using System.Xml.Linq;

namespace HaLong.Architecture.Tests;

public sealed class DependencyTests
{
    [Fact]
    public void A_service_references_only_shared_code_and_contracts()
    {
        foreach (var name in Repository.ServiceNames)
        {
            foreach (var reference in References(name))
            {
                var allowed = reference is "HaLong.ServiceDefaults" or "HaLong.Messaging" or "HaLong.Papers" || reference.EndsWith(".Contracts", StringComparison.Ordinal);
                Assert.True(allowed, $"{name} references {reference}");
            }
        }
    }

    [Fact]
    public void Contracts_reference_nothing_of_ours()
    {
        foreach (var name in Repository.ServiceNames)
        {
            Assert.Empty(References(name + ".Contracts"));
        }
    }

    [Fact]
    public void The_edge_references_no_service()
    {
        foreach (var name in (string[])["HaLong.Gateway", "HaLong.Portal", "HaLong.PartnerLab"])
        {
            Assert.Equal(["HaLong.ServiceDefaults"], References(name));
        }
    }

    [Fact]
    public void Shared_code_knows_no_service()
    {
        Assert.Empty(References("HaLong.ServiceDefaults"));
        Assert.Empty(References("HaLong.Papers"));
        Assert.Equal(["HaLong.ServiceDefaults"], References("HaLong.Messaging"));
    }

    [Fact]
    public void Domain_code_uses_no_framework()
    {
        string[] banned = ["Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "MassTransit", "Grpc", "Npgsql"];
        foreach (var (path, lines) in Repository.Production.Where(s => s.Path.Contains("/Domain/", StringComparison.Ordinal)))
        {
            foreach (var line in lines.Where(l => l.StartsWith("using ", StringComparison.Ordinal)))
            {
                Assert.False(banned.Any(b => line.Contains(b, StringComparison.Ordinal)), $"{path}: {line}");
            }
        }
    }

    [Fact]
    public void Only_the_messaging_library_publishes()
    {
        foreach (var (path, lines) in Repository.Production.Where(s => !s.Path.StartsWith("ServiceDefaults/HaLong.Messaging/", StringComparison.Ordinal)))
        {
            var offender = lines.FirstOrDefault(l => l.Contains("IPublishEndpoint", StringComparison.Ordinal)
                || l.Contains("ISendEndpoint", StringComparison.Ordinal) || l.Contains("context.Publish(", StringComparison.Ordinal) || l.Contains("bus.Publish(", StringComparison.Ordinal));
            Assert.True(offender is null, $"{path}: {offender}");
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "HaLongServices.sln")).Replace('\\', '/');
        foreach (var project in Projects().Select(p => Path.GetRelativePath(Repository.Root, p)))
        {
            Assert.Contains(project, solution, StringComparison.Ordinal);
        }
    }

    private static IEnumerable<string> Projects() => Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
        .Where(p => !p.Contains("/.run/", StringComparison.Ordinal));

    private static List<string> References(string project)
    {
        var file = Projects().Single(p => Path.GetFileNameWithoutExtension(p) == project);
        return [.. XDocument.Load(file).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))).Order(StringComparer.Ordinal)];
    }
}
