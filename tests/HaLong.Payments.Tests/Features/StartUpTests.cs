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
    [InlineData("Bank:Providers:lab:Shape", "fax", "Bank:Providers:lab:Shape")]
    [InlineData("Bank:Providers:portal:Secret", "a-secret-of-enough-length", "Bank:Providers:portal")]
    [InlineData("Bank:Window", "02:00:00", "Window")]
    [InlineData("NationalPortal:Url", "ftp://platform", "NationalPortal:Url")]
    [InlineData("NationalPortal:Url", "https://platform", "NationalPortal:Partner")]
    [InlineData("NationalPortal:Timeout", "00:01:00", "Timeout")]
    [InlineData("Payments:Lifetime", "00:00:00", "Lifetime")]
    [InlineData("Payments:Lifetimes:1.013978", "00:00:00", "Payments:Lifetimes:1.013978")]
    [InlineData("Payments:SweepInterval", "00:00:00", "SweepInterval")]
    [InlineData("Receipts:Units:06658:Form", "01BLP0/001", "Receipts:Units:06658:TaxCode")]
    [InlineData("Receipts:LookBack", "00:00:01", "LookBack")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string key, string value, string named)
    {
        var message = await RefusalAsync((key, value));

        Assert.Contains(named, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_production_nobody_is_asked_to_pay_to_an_assumed_account() => Assert.Contains(
        "Beneficiaries:Default is marked Assumed", await RefusalAsync(("ASPNETCORE_ENVIRONMENT", "Production"), ("Receipts:Default:Assumed", "false")), StringComparison.Ordinal);

    [Fact]
    public async Task In_production_no_receipt_is_issued_in_an_assumed_series() => Assert.Contains(
        "Receipts:Default is marked Assumed", await RefusalAsync(("ASPNETCORE_ENVIRONMENT", "Production"), ("Beneficiaries:Default:Assumed", "false")), StringComparison.Ordinal);

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
