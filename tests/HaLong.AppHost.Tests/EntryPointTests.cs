using System.Reflection;
using Aspire.Hosting;
using HaLong.AppHost.Native;

namespace HaLong.AppHost.Tests;

/// <summary>Entry points that do not do what a test hopes for.</summary>
public sealed class EntryPointTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failure_before_the_build_reaches_the_test_as_it_was_thrown()
    {
        var refusal = await Assert.ThrowsAsync<DistributedApplicationException>(() => Hook(nameof(Programs.Fails)).StartAsync().WaitAsync(Sample.Patience, Ct));
        Assert.Equal("There are two resources named 'one'.", refusal.Message);
    }

    [Fact]
    public async Task An_entry_point_that_never_builds_is_reported_instead_of_waited_for()
    {
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => Hook(nameof(Programs.NeverBuilds)).StartAsync().WaitAsync(Sample.Patience, Ct));
        Assert.Equal("Fake has ended without Build().", refusal.Message);
    }

    [Fact]
    public async Task The_tests_arguments_and_the_host_project_are_those_of_the_entry_point()
    {
        var hook = Hook(nameof(Programs.Builds), "--Ephemeral=true", "--Colour=red");
        var builder = await hook.StartAsync().WaitAsync(Sample.Patience, Ct);
        Assert.Equal("red", builder.Configuration["Colour"]);
        Assert.Equal("/srv/fake", builder.AppHostDirectory);
        Assert.True(builder.Folder.IsEphemeral);
        Assert.Null(EntryPointHook.Current);
        hook.Abandon();
    }

    [Fact]
    public async Task What_the_test_adds_after_the_hand_over_is_in_the_application()
    {
        var hook = Hook(nameof(Programs.Builds), "--Ephemeral=true", "--Console=none");
        var builder = await hook.StartAsync().WaitAsync(Sample.Patience, Ct);
        builder.AddScript("added", "true");
        await using var app = await hook.BuildAsync().WaitAsync(Sample.Patience, Ct);
        Assert.Equal(["model", "added"], app.Model.Select(r => r.Name));
    }

    [Fact]
    public async Task Nothing_after_the_build_runs_whether_it_is_built_or_abandoned()
    {
        Programs.Passed = 0;
        var built = Hook(nameof(Programs.BuildsAndGoesOn), "--Ephemeral=true");
        await built.StartAsync().WaitAsync(Sample.Patience, Ct);
        await using (await built.BuildAsync().WaitAsync(Sample.Patience, Ct))
        {
            var abandoned = Hook(nameof(Programs.BuildsAndGoesOn), "--Ephemeral=true");
            await abandoned.StartAsync().WaitAsync(Sample.Patience, Ct);
            abandoned.Abandon();
            await Task.Delay(100, Ct);
        }

        Assert.Equal(0, Programs.Passed);
    }

    [Fact]
    public async Task A_failure_in_the_build_itself_reaches_the_test()
    {
        var hook = Hook(nameof(Programs.Builds), "--Ephemeral=true");
        var builder = await hook.StartAsync().WaitAsync(Sample.Patience, Ct);
        // The container of the host's services refuses a service without a way to make it.
        builder.Services.Add(new Microsoft.Extensions.DependencyInjection.ServiceDescriptor(typeof(IDisposable), typeof(IDisposable), Microsoft.Extensions.DependencyInjection.ServiceLifetime.Singleton));
        await Assert.ThrowsAnyAsync<Exception>(() => hook.BuildAsync().WaitAsync(Sample.Patience, Ct));
        Assert.True(hook.BuildAsync().IsFaulted);
    }

    private static EntryPointHook Hook(string program, params string[] args) => new(new Fake(program), args);

    /// <summary>An assembly of which only the entry point exists.</summary>
    private sealed class Fake(string program) : Assembly
    {
        public override MethodInfo? EntryPoint => typeof(Programs).GetMethod(program, BindingFlags.Public | BindingFlags.Static);

        public override AssemblyName GetName() => new("Fake");

        public override object[] GetCustomAttributes(Type attributeType, bool inherit) =>
            attributeType == typeof(AssemblyMetadataAttribute) ? new AssemblyMetadataAttribute[] { new("apphostprojectpath", "/srv/fake") } : [];
    }

    private static class Programs
    {
        public static int Passed { get; set; }

        public static void Fails()
        {
            var builder = DistributedApplication.CreateBuilder([]);
            builder.AddScript("one", "true");
            builder.AddScript("one", "true");
        }

        public static Task NeverBuilds(string[] args) => Task.Delay(args.Length, CancellationToken.None);

        public static void Builds(string[] args)
        {
            var builder = DistributedApplication.CreateBuilder(args);
            builder.AddScript("model", "true");
            builder.Build().Run();
        }

        public static async Task BuildsAndGoesOn(string[] args)
        {
            await Task.Yield();
            DistributedApplication.CreateBuilder(args).Build();
            Passed++;
        }
    }
}
