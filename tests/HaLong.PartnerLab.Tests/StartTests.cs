using System.Diagnostics;
using Microsoft.Extensions.Options;

namespace HaLong.PartnerLab.Tests;

public sealed class StartTests
{
    [Theory]
    [InlineData("Production")]
    [InlineData("Staging")]
    public async Task It_refuses_to_start_outside_development(string environment)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "HaLong.PartnerLab.dll")]) { RedirectStandardError = true };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = environment;
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        using var process = Process.Start(start)!;

        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, process.ExitCode);
        Assert.Contains("Development", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bank:NotifyUrl", "NotifyUrl")]
    [InlineData("Bank:Secret", "Secret")]
    public async Task A_missing_setting_stops_the_start_and_is_named(string key, string named)
    {
        var refusal = await Assert.ThrowsAsync<OptionsValidationException>(() => Lab.StartAsync((key, "")));

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/alive")]
    [InlineData("/health")]
    public async Task Health_is_answered_to_anyone(string path)
    {
        await using var lab = await Lab.StartAsync();

        Assert.Equal("Healthy", await lab.Http.GetStringAsync(path, TestContext.Current.CancellationToken));
    }
}
