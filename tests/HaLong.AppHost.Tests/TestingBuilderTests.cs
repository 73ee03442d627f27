using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>The model of the platform, taken from its AppHost for a test.</summary>
public sealed class TestingBuilderTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_entry_point_runs_up_to_its_build_and_hands_over_the_model()
    {
        await using var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>(["--Replicas=3"], Ct);
        var resources = builder.Resources.OfType<Resource>().ToDictionary(r => r.Name);
        Assert.Equal(3, resources["dossier"].Replicas);
        Assert.Equal(1, resources["gateway"].Replicas);
        Assert.Contains(resources["dossier"].Waits, w => w is { Target.Name: "dossier-migrate", ExitCode: 0 });
        Assert.Contains(resources["dossier-migrate"].Waits, w => w is { Target.Name: "dossier-db", ExitCode: null });
        Assert.Contains("partner-lab", resources.Keys);
        Assert.Contains("Demo__Password", resources["identity-migrate"].Environment.Select(e => e.Name));
        Assert.EndsWith("/AppHost", builder.AppHostDirectory, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_test_gets_a_folder_and_a_gateway_port_of_its_own()
    {
        await using var one = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>([], Ct);
        await using var two = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AppHost>([], Ct);
        Assert.NotEqual(one.Configuration["RunDirectory"], two.Configuration["RunDirectory"]);
        Assert.NotEqual(one.Configuration["GatewayPort"], two.Configuration["GatewayPort"]);
        await using var app = await one.BuildAsync(Ct);
        Assert.Equal(one.Configuration["RunDirectory"], app.GetRunDirectory());
        Assert.Same(app, await one.BuildAsync(Ct));
    }

    [Fact]
    public async Task An_assembly_without_a_model_is_refused_in_words()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => DistributedApplicationTestingBuilder.CreateAsync<Board>([], Ct));
        Assert.Contains("has no entry point", refusal.Message, StringComparison.Ordinal);
    }
}
