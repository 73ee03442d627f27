using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending.Sms;
using HaLong.Notifications.Tests.Sending.Support;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Tests.Sending.Sms;

/// <summary>Receipts of the SMS provider, as it and as strangers post them.</summary>
public sealed class SmsHookTests(CarrierWorld world) : IClassFixture<CarrierWorld>
{
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task Delivered_is_written_down_with_the_providers_time()
    {
        var message = await world.RowAsync(SmsProvider.ProviderName, sentAt: Now.AddMinutes(-10));

        Assert.Equal("taken", await StoredAsync(await PostAsync(new { key = message.Key, status = "delivered", at = Now.AddMinutes(-5) })));

        var after = await world.ReadAsync(message.Id);
        Assert.Equal(MessageState.Delivered, after.State);
        Assert.InRange(after.DeliveredAt ?? default, Now.AddMinutes(-6), Now.AddMinutes(-4));
    }

    [Fact]
    public async Task It_is_found_by_the_providers_own_id_too()
    {
        var message = await world.RowAsync(SmsProvider.ProviderName, reference: Guid.CreateVersion7().ToString());

        Assert.Equal("taken", await StoredAsync(await PostAsync(new { id = message.ProviderReference, status = "delivered" })));

        Assert.Equal(MessageState.Delivered, (await world.ReadAsync(message.Id)).State);
    }

    [Fact]
    public async Task A_time_in_the_future_is_now()
    {
        var message = await world.RowAsync(SmsProvider.ProviderName);

        await PostAsync(new { key = message.Key, status = "delivered", at = Now.AddDays(3) });

        Assert.True((await world.ReadAsync(message.Id)).DeliveredAt <= Now);
    }

    [Fact]
    public async Task Failed_comes_with_a_word_of_ours_and_neighbours_hear_of_it()
    {
        var message = await world.RowAsync(SmsProvider.ProviderName);

        Assert.Equal("taken", await StoredAsync(await PostAsync(new { key = message.Key, status = "failed", reason = "So 0912345678 khoa" })));

        var after = await world.ReadAsync(message.Id);
        Assert.Equal((MessageState.Failed, "undelivered"), (after.State, after.LastError));
    }

    [Fact]
    public async Task The_same_receipt_any_number_of_times_at_once_or_later_counts_once()
    {
        var message = await world.RowAsync(SmsProvider.ProviderName);
        var receipt = new { key = message.Key, status = "failed", reason = "absent" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostAsync(receipt)));
        Assert.Equal((MessageState.Failed, "absent"), ((await world.ReadAsync(message.Id)).State, (await world.ReadAsync(message.Id)).LastError));
        // That it arrived after all holds whatever was told before.
        var late = await PostAsync(new { key = message.Key, status = "delivered" });

        Assert.All(answers.Append(late), a => Assert.Equal(HttpStatusCode.OK, a.StatusCode));
        Assert.Equal(MessageState.Delivered, (await world.ReadAsync(message.Id)).State);
        Assert.True(await world.FailuresToldAsync(message.Id) <= 1);
    }

    [Theory]
    [InlineData("""{"key":"00000000000000000000000000000001","status":"delivered"}""")]
    [InlineData("""{"key":"0198e0007000800000000001-1","status":"delivered"}""")]
    [InlineData("""{"key":"0198e0007000800000000001-1","id":"nobody","status":"failed"}""")]
    [InlineData("""{"id":"nobody","status":"delivered"}""")]
    public async Task What_is_not_ours_or_has_no_row_is_acknowledged(string body) => Assert.Equal("unknown", await StoredAsync(await PostTextAsync(body)));

    [Fact]
    public async Task Another_providers_message_is_none_of_its_business()
    {
        var message = await world.RowAsync(SmsSoapProvider.ProviderName);

        Assert.Equal("unknown", await StoredAsync(await PostAsync(new { key = message.Key, status = "failed" })));

        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message.Id)).State);
    }

    [Fact]
    public async Task A_receipt_that_overtakes_our_own_row_is_kept_until_the_row_is_there()
    {
        var message = await world.RowAsync(provider: null);

        Assert.Equal("unknown", await StoredAsync(await PostAsync(new { key = message.Key, status = "delivered" })));

        Assert.Equal(MessageState.Pending, (await world.ReadAsync(message.Id)).State);
        Assert.True(await world.InDatabaseAsync(db => db.StrayReceipts.AnyAsync(r => r.Key == message.Key, World.Ct)));
    }

    [Theory]
    [InlineData("taken")]
    [InlineData("sent")]
    public async Task What_says_nothing_new_is_acknowledged_and_changes_nothing(string status)
    {
        var message = await world.RowAsync(SmsProvider.ProviderName);

        Assert.Equal("ignored", await StoredAsync(await PostAsync(new { key = message.Key, status })));

        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message.Id)).State);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"status":"delivered"}""")]
    [InlineData("""{"key":"","status":"delivered"}""")]
    [InlineData("""{"key":7,"status":"delivered"}""")]
    [InlineData("""{"key":"k","status":"delivered","at":"yesterday"}""")]
    public async Task What_cannot_be_read_is_refused(string body) => await (await PostTextAsync(body)).AssertProblemAsync(HttpStatusCode.BadRequest, "NOT-0121");

    [Theory]
    [InlineData("another secret altogether", 0, "sms")]
    [InlineData(CarrierWorld.HookSecret, -301, "sms")]
    [InlineData(CarrierWorld.HookSecret, 360, "sms")]
    [InlineData(CarrierWorld.HookSecret, 0, "sms-soap")]
    [InlineData(CarrierWorld.HookSecret, 0, "SMS")]
    [InlineData(CarrierWorld.HookSecret, 0, "nobody")]
    public async Task Strangers_and_old_letters_learn_nothing(string secret, int seconds, string provider)
    {
        var message = await world.RowAsync(SmsProvider.ProviderName);

        var answer = await PostTextAsync($$"""{"key":"{{message.Key}}","status":"failed"}""", secret, Now.AddSeconds(seconds), provider);

        await answer.AssertProblemAsync(HttpStatusCode.Unauthorized, "NOT-0120");
        Assert.Equal(MessageState.Sent, (await world.ReadAsync(message.Id)).State);
    }

    [Theory]
    [InlineData("1764000000", null)]
    [InlineData(null, "v1=00")]
    [InlineData("soon", "v1=00")]
    [InlineData("999999999999999999999", "v1=00")]
    [InlineData("1764000000", "chữ ký")]
    public async Task Without_a_signature_that_holds_nothing_is_read(string? timestamp, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/sms/sms") { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
        if (timestamp is not null)
            request.Headers.TryAddWithoutValidation(SmsHook.TimestampHeader, timestamp);
        if (signature is not null)
            request.Headers.TryAddWithoutValidation(SmsHook.SignatureHeader, Uri.EscapeDataString(signature));

        await (await world.Outside.SendAsync(request, CarrierWorld.Ct)).AssertProblemAsync(HttpStatusCode.Unauthorized, "NOT-0120");
    }

    [Fact]
    public async Task A_time_that_is_signed_and_makes_no_sense_is_refused()
    {
        foreach (var timestamp in new[] { "", "-1", "999999999999", "99999999999999999999", " 1" })
            await (await PostTextAsync("{}", timestamp)).AssertProblemAsync(HttpStatusCode.Unauthorized, "NOT-0120");
    }

    [Fact]
    public async Task A_body_changed_on_the_way_does_not_hold()
    {
        var message = await world.RowAsync(SmsProvider.ProviderName);
        var timestamp = Timestamp(Now);
        var signature = SmsHook.Sign(CarrierWorld.HookSecret, timestamp, Encoding.UTF8.GetBytes($$"""{"key":"{{message.Key}}","status":"failed"}"""));

        using var answer = await PostAsync($$"""{"key":"{{message.Key}}","status":"delivered"}""", timestamp, signature, "sms");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_letter_too_long_is_not_read_to_its_end(bool chunked)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/sms/sms") { Content = new StringContent(new string(' ', 17_000), Encoding.UTF8, "application/json") };
        request.Headers.TransferEncodingChunked = chunked;

        await (await world.Outside.SendAsync(request, CarrierWorld.Ct)).AssertProblemAsync(HttpStatusCode.RequestEntityTooLarge, "CMN-0413");
    }

    // By openssl: printf '1.{}' | openssl dgst -sha256 -hmac s
    [Fact]
    public void The_signature_is_that_of_the_contract() =>
        Assert.Equal("v1=b253639bcd705ed1cda3073f66104f16988bd40272584dea7d0d345ae93e61cc", SmsHook.Sign("s", "1", "{}"u8));

    private Task<HttpResponseMessage> PostAsync(object receipt) => PostTextAsync(JsonSerializer.Serialize(receipt));

    private Task<HttpResponseMessage> PostTextAsync(string body, string secret = CarrierWorld.HookSecret, DateTimeOffset? at = null, string provider = "sms")
    {
        var timestamp = Timestamp(at ?? Now);
        return PostAsync(body, timestamp, SmsHook.Sign(secret, timestamp, Encoding.UTF8.GetBytes(body)), provider);
    }

    private Task<HttpResponseMessage> PostTextAsync(string body, string timestamp) =>
        PostAsync(body, timestamp, SmsHook.Sign(CarrierWorld.HookSecret, timestamp, Encoding.UTF8.GetBytes(body)), "sms");

    private async Task<HttpResponseMessage> PostAsync(string body, string timestamp, string signature, string provider)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hooks/sms/" + provider) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation(SmsHook.TimestampHeader, timestamp);
        request.Headers.TryAddWithoutValidation(SmsHook.SignatureHeader, signature);
        return await world.Outside.SendAsync(request, CarrierWorld.Ct);
    }

    private static async Task<string?> StoredAsync(HttpResponseMessage answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(CarrierWorld.Ct)).GetProperty("status").GetString();
    }

    private static string Timestamp(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
}
