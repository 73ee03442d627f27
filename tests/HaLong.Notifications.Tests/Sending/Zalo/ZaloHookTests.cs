using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending.Sms;
using HaLong.Notifications.Sending.Zalo;
using HaLong.Notifications.Tests.Sending.Support;
using HaLong.Notifications.Tests.Support;

namespace HaLong.Notifications.Tests.Sending.Zalo;

/// <summary>Zalo's events, as it and as strangers post them.</summary>
public sealed class ZaloHookTests(CarrierWorld world) : IClassFixture<CarrierWorld>
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Received_is_written_down_with_Zalos_time_by_our_id_or_by_its_own()
    {
        var byKey = await world.RowAsync(ZaloProvider.ProviderName, MessageChannel.Zalo, Now.AddMinutes(-10));
        var byReference = await world.RowAsync(ZaloProvider.ProviderName, MessageChannel.Zalo, reference: Guid.CreateVersion7().ToString("N"));

        Assert.Equal("taken", await StoredAsync(await PostAsync(Event(byKey.Key, "other", Now.AddMinutes(-5)))));
        Assert.Equal("taken", await StoredAsync(await PostAsync(Event(null, byReference.ProviderReference, Now))));

        var after = await world.ReadAsync(byKey.Id);
        Assert.Equal(MessageState.Delivered, after.State);
        Assert.InRange(after.DeliveredAt ?? default, Now.AddMinutes(-6), Now.AddMinutes(-4));
        Assert.Equal(MessageState.Delivered, (await world.ReadAsync(byReference.Id)).State);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("soon")]
    [InlineData("99999999999999")]
    public async Task A_time_that_makes_no_sense_is_now(string? time)
    {
        var message = await world.RowAsync(ZaloProvider.ProviderName, MessageChannel.Zalo);

        await PostAsync(Event(message.Key, "m", null, time));

        var after = await world.ReadAsync(message.Id);
        Assert.Equal(MessageState.Delivered, after.State);
        Assert.True(after.DeliveredAt <= Now);
    }

    [Fact]
    public async Task The_same_event_any_number_of_times_at_once_counts_once()
    {
        var message = await world.RowAsync(ZaloProvider.ProviderName, MessageChannel.Zalo);
        var body = Event(message.Key, "m", Now);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(body)));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(MessageState.Delivered, (await world.ReadAsync(message.Id)).State);
    }

    [Fact]
    public async Task What_is_not_ours_is_acknowledged()
    {
        var sms = await world.RowAsync(SmsProvider.ProviderName);

        Assert.Equal("unknown", await StoredAsync(await PostAsync(Event(Guid.CreateVersion7().ToString("N"), "nobody", Now))));
        Assert.Equal("unknown", await StoredAsync(await PostAsync(Event("campaign-7", "nobody", Now))));
        Assert.Equal("unknown", await StoredAsync(await PostAsync(Event(sms.Key, "nobody", Now))));
        Assert.Equal(MessageState.Sent, (await world.ReadAsync(sms.Id)).State);
    }

    [Theory]
    [InlineData("follow")]
    [InlineData("user_send_text")]
    [InlineData("user_feedback")]
    public async Task Other_events_are_acknowledged_and_forgotten(string name)
    {
        var message = await world.RowAsync(ZaloProvider.ProviderName, MessageChannel.Zalo);

        Assert.Equal("ignored", await StoredAsync(await PostAsync(Event(message.Key, "m", Now).Replace("user_received_message", name, StringComparison.Ordinal))));

        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message.Id)).State);
    }

    [Fact]
    public async Task An_event_that_overtakes_our_own_row_is_kept()
    {
        var message = await world.RowAsync(provider: null, MessageChannel.Zalo);

        Assert.Equal("unknown", await StoredAsync(await PostAsync(Event(message.Key, "m", Now))));
    }

    [Theory]
    [InlineData(CarrierWorld.AppId, "another key", 0)]
    [InlineData("4100000000000000002", CarrierWorld.OaSecretKey, 0)]
    [InlineData(CarrierWorld.AppId, CarrierWorld.OaSecretKey, -1801)]
    [InlineData(CarrierWorld.AppId, CarrierWorld.OaSecretKey, 1900)]
    public async Task Strangers_other_apps_and_old_letters_learn_nothing(string app, string key, int seconds)
    {
        var message = await world.RowAsync(ZaloProvider.ProviderName, MessageChannel.Zalo);
        var timestamp = Milliseconds(Now.AddSeconds(seconds));
        var body = Event(message.Key, "m", Now, timestamp: timestamp, app: app);

        var answer = await PostAsync(body, ZaloHook.Sign(app, Encoding.UTF8.GetBytes(body), timestamp, key));

        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "NOT-0120");
        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message.Id)).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("""{"timestamp":"soon","app_id":"4100000000000000001"}""")]
    [InlineData("""{"timestamp":{"a":1},"app_id":"4100000000000000001"}""")]
    public async Task What_cannot_be_read_has_no_time_that_could_be_signed(string body)
    {
        var signature = ZaloHook.Sign(CarrierWorld.AppId, Encoding.UTF8.GetBytes(body), "", CarrierWorld.OaSecretKey);

        await (await PostAsync(body, signature)).AssertProblemAsync(HttpStatusCode.Unauthorized, "NOT-0120");
        await (await PostAsync(body, "")).AssertProblemAsync(HttpStatusCode.Unauthorized, "NOT-0120");
        await (await PostAsync(body, "mac=" + new string('0', 64))).AssertProblemAsync(HttpStatusCode.Unauthorized, "NOT-0120");
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"message\":\"text\",")]
    [InlineData("\"message\":{},")]
    [InlineData("\"message\":{\"msg_id\":\"\"},")]
    public async Task An_event_about_no_message_is_refused(string message)
    {
        var timestamp = Milliseconds(Now);
        var body = $$"""{"event_name":"user_received_message",{{message}}"app_id":"{{CarrierWorld.AppId}}","timestamp":"{{timestamp}}"}""";

        await (await PostAsync(body, ZaloHook.Sign(CarrierWorld.AppId, Encoding.UTF8.GetBytes(body), timestamp, CarrierWorld.OaSecretKey)))
            .AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0121");
    }

    [Fact]
    public async Task A_time_stamp_may_be_a_number_too()
    {
        var timestamp = Milliseconds(Now);
        var body = $$"""{"event_name":"follow","app_id":"{{CarrierWorld.AppId}}","timestamp":{{timestamp}}}""";

        Assert.Equal("ignored", await StoredAsync(await PostAsync(body, ZaloHook.Sign(CarrierWorld.AppId, Encoding.UTF8.GetBytes(body), timestamp, CarrierWorld.OaSecretKey))));
    }

    [Fact]
    public async Task A_letter_too_long_is_not_read_to_its_end() =>
        await (await PostAsync(new string(' ', 17_000), "mac=")).AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "CMN-0413");

    // By coreutils: printf '1{}2k' | sha256sum
    [Fact]
    public void The_signature_is_that_of_the_contract() => Assert.Equal("mac=de8e4e4cd3996baf4a4549475ad3ebf35118b2bcef3fbe9dc44903244f01e17e", ZaloHook.Sign("1", "{}"u8, "2", "k"));

    private static string Event(string? key, string? reference, DateTimeOffset? at, string? time = null, string? timestamp = null, string app = CarrierWorld.AppId) =>
        JsonSerializer.Serialize(new
        {
            event_name = "user_received_message",
            app_id = app,
            sender = new { id = "oa" },
            recipient = new { id = "84912345678" },
            message = new { msg_id = reference, tracking_id = key, delivery_time = at is { } moment ? Milliseconds(moment) : time },
            timestamp = timestamp ?? Milliseconds(Now),
        });

    private Task<HttpResponseMessage> PostAsync(string body)
    {
        var timestamp = JsonElement.Parse(body).GetProperty("timestamp").GetString() ?? "";
        return PostAsync(body, ZaloHook.Sign(CarrierWorld.AppId, Encoding.UTF8.GetBytes(body), timestamp, CarrierWorld.OaSecretKey));
    }

    private async Task<HttpResponseMessage> PostAsync(string body, string signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/zalo") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(ZaloHook.SignatureHeader, signature);
        return await world.Outside.SendAsync(request, CarrierWorld.Ct);
    }

    private static async Task<string?> StoredAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(CarrierWorld.Ct)).GetProperty("status").GetString();
    }

    private static string Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
