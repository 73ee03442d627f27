using HaLong.TestSupport;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.Tests.Features;

public sealed class StartUpTests(Servers servers)
{
    [Theory]
    [InlineData("Beneficiaries:Default:Bin", "97043", "Beneficiaries:Default:Bin")]
    [InlineData("Beneficiaries:Default:Account", "", "Beneficiaries:Default:Account")]
    [InlineData("Beneficiaries:Default:Name", "", "Beneficiaries:Default:Name")]
    [InlineData("Beneficiaries:Units:06658:Bin", "970436", "Beneficiaries:Units:06658:Account")]
    [InlineData("Bank:Providers:lab:Secret", "short", "Bank:Providers:lab:Secret")]
    [InlineData("Bank:Providers:lab:Secret", "", "Bank:Providers:lab:Secret")]
    [InlineData("Bank:Window", "02:00:00", "Window")]
    [InlineData("Payments:Lifetime", "00:00:00", "Lifetime")]
    [InlineData("Payments:Lifetimes:1.013978", "00:00:00", "Payments:Lifetimes:1.013978")]
    [InlineData("Payments:SweepInterval", "00:00:00", "SweepInterval")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value, string named)
    {
        var message = await RefusalAsync((key, value));

        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_nobody_is_asked_to_pay_to_an_assumed_account() => Assert.Contains(
        "Beneficiaries:Default is marked Assumed", await RefusalAsync(("ASPNETCORE_ENVIRONMENT", "Production")), StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_connection_string_is_named()
    {
        await using var identity = await TestIdentity.StartAsync();
        await using var service = new ServiceFactory<Program>(servers, identity);

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => service.StartAsync(waitForBus: false));

        Assert.Contains("ConnectionStrings:payment-db", refusal.ToString(), StringComparison.Ordinal);
    }

    private async Task<string> RefusalAsync(params (string Key, string Value)[] settings)
    {
        await using var identity = await TestIdentity.StartAsync();
        await using var service = PaymentFixture.Create(servers, identity);
        foreach (var (key, value) in settings)
            service.WithSetting(key, value);
        var refusal = await Assert.ThrowsAnyAsync<OptionsValidationException>(() => service.StartAsync(waitForBus: false));
        return refusal.Message;
    }
}
