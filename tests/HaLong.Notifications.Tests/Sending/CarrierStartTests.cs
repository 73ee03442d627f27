using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Tests.Sending.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Sending;

/// <summary>Settings of the carriers: a wrong one stops the start and is named; without an address a carrier is simply not there.</summary>
public sealed class CarrierStartTests(CarrierWorld world) : IClassFixture<CarrierWorld>
{
    [Theory]
    [InlineData("Sms:Url", "nowhere")]
    [InlineData("Sms:Url", "ftp://sms.example")]
    [InlineData("Sms:ApiKey", "")]
    [InlineData("Sms:Sender", "")]
    [InlineData("Sms:Sender", "0912345678")]
    [InlineData("Sms:Sender", "UBND Ha Long")]
    [InlineData("Sms:Sender", "HẠ LONG")]
    [InlineData("Sms:HookSecret", "short")]
    [InlineData("Sms:Timeout", "00:00:00")]
    [InlineData("Sms:HookWindow", "-00:00:01")]
    [InlineData("SmsSoap:Url", "nowhere")]
    [InlineData("SmsSoap:User", "")]
    [InlineData("SmsSoap:Password", "")]
    [InlineData("SmsSoap:CpCode", "")]
    [InlineData("SmsSoap:CommandCode", "")]
    [InlineData("SmsSoap:Sender", "123")]
    [InlineData("SmsSoap:Timeout", "00:00:00")]
    [InlineData("SmsSoap:PollInterval", "00:00:00")]
    [InlineData("SmsSoap:PollDelay", "05:00:00")]
    [InlineData("SmsSoap:PollBatch", "0")]
    [InlineData("SmsSoap:PollBatch", "101")]
    [InlineData("Zalo:Url", "nowhere")]
    [InlineData("Zalo:AuthUrl", "")]
    [InlineData("Zalo:AppId", "")]
    [InlineData("Zalo:SecretKey", "")]
    [InlineData("Zalo:KeyPassword", "")]
    [InlineData("Zalo:KeyPassword", "short")]
    [InlineData("Zalo:CheckInterval", "00:00:00")]
    [InlineData("Zalo:RefreshTokenLifetime", "1.00:00:00")]
    public void A_wrong_setting_is_named(string key, string value)
    {
        using var services = Services(key, value);

        var refusal = Assert.ThrowsAny<Exception>(() => services.GetRequiredService<IStartupValidator>().Validate());

        var refusals = refusal is AggregateException bundle ? bundle.Flatten().InnerExceptions : [refusal];
        Assert.Contains(refusals.OfType<OptionsValidationException>(), e => e.Message.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_service_does_not_start_with_one()
    {
        await using var replica = world.Replica().WithSetting("SmsSoap:Sender", "0912345678");

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => replica.StartAsync(waitForBus: false));

        Assert.Contains("SmsSoap:Sender", refusal.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Sms:Url", "sms")]
    [InlineData("SmsSoap:Url", "sms-soap")]
    [InlineData("Zalo:Url", "zalo")]
    public void Without_an_address_a_carrier_is_not_there_and_nothing_else_of_it_is_asked_for(string key, string name)
    {
        using var services = Services(key, "");
        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.False(services.GetServices<IMessageProvider>().Single(p => p.Name == name).IsOn);
    }

    [Fact]
    public void Those_with_an_address_are_there_in_the_order_of_preference() => Assert.Equal(
        [("sms", MessageChannel.Sms), ("sms-soap", MessageChannel.Sms), ("zalo", MessageChannel.Zalo)],
        world.Service.Services.GetServices<IMessageProvider>().Where(p => p.IsOn && p.Name != "smtp").Select(p => (p.Name, p.Channel)).Take(3));

    // The settings of the fixture but for one, without starting a host for each.
    private ServiceProvider Services(string key, string value)
    {
        var builder = Microsoft.AspNetCore.Builder.WebApplication.CreateSlimBuilder();
        foreach (var setting in world.Get<IConfiguration>().AsEnumerable().Where(s => s.Value is not null))
            builder.Configuration[setting.Key] = setting.Value;
        builder.Configuration[key] = value;
        Notifications.Sending.Carriers.CarrierSetup.AddCarriers(builder);
        builder.Services.AddServiceDiscovery();
        return builder.Services.BuildServiceProvider();
    }
}
