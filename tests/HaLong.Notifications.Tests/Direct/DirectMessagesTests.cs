using System.Collections.Concurrent;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using HaLong.Notifications.Tests.Support;
using HaLong.Notifications.V1;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Notifications.Tests.Direct;

/// <summary>One-time codes and notices, through gRPC to PartnerLab's telephones and mailboxes.</summary>
public sealed class DirectMessagesTests(World world) : IClassFixture<World>
{
    private readonly string phone = $"+8491{Random.Shared.Next(1_000_000, 9_999_999)}";

    [Theory]
    [InlineData("vi", "Ma dang ky tai khoan dich vu cong Ha Long: 482913 (4 phut). Khong dua ma nay cho bat ky ai.")]
    [InlineData("en", "Code to register with Ha Long public services: 482913 (4 min). Do not give it to anybody.")]
    public async Task A_code_reaches_the_telephone_in_the_language_asked_for(string language, string text)
    {
        await Client().SendCodeAsync(Code(language: language), cancellationToken: World.Ct);

        var sms = Assert.Single(await SmsAsync());
        Assert.Equal((text, "HALONG"), (sms.GetProperty("text").GetString(), sms.GetProperty("sender").GetString()));
    }

    [Theory]
    [InlineData("vi", "Ma ky so 482913 (4 phut): ky 3 van ban, dau 4F2A91C0, dich vu cong Ha Long. Khong dua ma nay cho bat ky ai.")]
    [InlineData("en", "Code 482913 (4 min) to SIGN 3 document(s), mark 4F2A91C0, Ha Long public services. Do not give it to anybody.")]
    public async Task A_code_to_sign_says_how_much_is_signed_and_what_to_compare(string language, string text)
    {
        var request = Code(language: language, purpose: "signing");
        Assert.Equal((StatusCode.InvalidArgument, "NOT-0013"), await RefusalAsync(() => Client().SendCodeAsync(request, cancellationToken: World.Ct)));
        request.Values.Add("count", "3");
        request.Values.Add("mark", "4F2A91C0");
        await Client().SendCodeAsync(request, cancellationToken: World.Ct);

        Assert.Equal(text, Assert.Single(await SmsAsync()).GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_repeat_with_the_same_id_is_no_second_SMS()
    {
        var request = Code();
        await Client().SendCodeAsync(request, cancellationToken: World.Ct);
        await Client().SendCodeAsync(request, cancellationToken: World.Ct);

        Assert.Single(await SmsAsync());
    }

    [Fact]
    public async Task A_code_and_a_notice_reach_a_mailbox()
    {
        var address = $"hop.thu.{phone[4..]}@example.vn";
        await Client().SendCodeAsync(new SendCodeRequest(Code(purpose: "contact-email")) { Email = address }, cancellationToken: World.Ct);
        await Client().SendNoticeAsync(
            new SendNoticeRequest { Id = Guid.CreateVersion7().ToString("N"), Email = address, Language = "vi", Template = "password-changed" }, cancellationToken: World.Ct);

        var mails = await world.Mail.ToAsync(address);
        Assert.Equal(2, mails.Count);
        Assert.Contains("482913", mails[0].TextBody, StringComparison.Ordinal);
        Assert.All(mails, m => Assert.Equal("Dịch vụ công Hạ Long", m.Subject));
        Assert.Empty(await SmsAsync());
    }

    [Fact]
    public async Task A_notice_is_filled_with_its_values()
    {
        await Client().SendNoticeAsync(Notice("assisted-summary", ("reference", "AS-2026-000123")), cancellationToken: World.Ct);

        Assert.Contains("AS-2026-000123", Assert.Single(await SmsAsync()).GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_provider_that_is_away_slow_or_does_not_know_us_is_named_as_unavailable()
    {
        foreach (var status in new[] { 500, 503, 429, 401, 403 })
        {
            await world.Mail.DialAsync("sms.failStatus", new { value = status, times = 1, target = phone });
            Assert.Equal((StatusCode.Unavailable, "NOT-0009"), await RefusalAsync(() => Client().SendCodeAsync(Code(), cancellationToken: World.Ct)));
        }

        await using var slow = await world.ReplicaAsync(("Sms:Timeout", "00:00:00.200"));
        await world.Mail.DialAsync("sms.delay", new { value = 3000, times = 1, target = phone });
        var request = Code();
        var client = new DirectMessages.DirectMessagesClient(slow.Grpc(world.Identity.ServiceToken("identity")));
        // Its answer is lost; asked for it, the provider says that it has it.
        await client.SendCodeAsync(request, cancellationToken: World.Ct);
        await client.SendCodeAsync(request, cancellationToken: World.Ct);
        Assert.Single(await SmsAsync());
    }

    [Fact]
    public async Task Without_a_provider_everything_says_so()
    {
        await using var without = await world.ReplicaAsync(("Sms:Url", ""));
        var client = new DirectMessages.DirectMessagesClient(without.Grpc(world.Identity.ServiceToken("identity")));

        Assert.Equal((StatusCode.Unavailable, "NOT-0009"), await RefusalAsync(() => client.SendCodeAsync(Code(), cancellationToken: World.Ct)));
    }

    [Fact]
    public async Task A_number_the_provider_refuses_is_refused_for_good()
    {
        await world.Mail.DialAsync("sms.failStatus", new { value = 422, times = 1, target = phone });
        Assert.Equal((StatusCode.InvalidArgument, "NOT-0011"), await RefusalAsync(() => Client().SendCodeAsync(Code(), cancellationToken: World.Ct)));
        Assert.Equal((StatusCode.InvalidArgument, "NOT-0011"),
            await RefusalAsync(() => Client().SendCodeAsync(new SendCodeRequest(Code()) { Email = "no mailbox" }, cancellationToken: World.Ct)));
    }

    [Fact]
    public async Task A_code_that_has_expired_is_never_sent()
    {
        var late = new SendCodeRequest(Code()) { ExpiresAt = TimeProvider.System.GetUtcNow().AddSeconds(-1).ToTimestamp() };
        Assert.Equal((StatusCode.InvalidArgument, "NOT-0012"), await RefusalAsync(() => Client().SendCodeAsync(late, cancellationToken: World.Ct)));
        Assert.Equal((StatusCode.InvalidArgument, "NOT-0012"),
            await RefusalAsync(() => Client().SendCodeAsync(new SendCodeRequest(Code()) { ExpiresAt = null }, cancellationToken: World.Ct)));
        Assert.Empty(await SmsAsync());
    }

    [Theory]
    [InlineData("+84912345678", "registration", "48291", "0198e0007000800000000001")]
    [InlineData("+84912345678", "registration", "48291a", "0198e0007000800000000001")]
    [InlineData("+84912345678", "nonsense", "482913", "0198e0007000800000000001")]
    [InlineData("0912345678", "registration", "482913", "0198e0007000800000000001")]
    [InlineData("+842033825000", "registration", "482913", "0198e0007000800000000001")]
    [InlineData("+85512345678", "registration", "482913", "0198e0007000800000000001")]
    [InlineData("", "registration", "482913", "0198e0007000800000000001")]
    [InlineData("+84912345678", "registration", "482913", "")]
    public async Task What_makes_no_sense_is_refused(string to, string purpose, string code, string id)
    {
        var request = new SendCodeRequest(Code(purpose: purpose)) { Phone = to, Code = code, Id = id };
        Assert.Equal((StatusCode.InvalidArgument, "NOT-0013"), await RefusalAsync(() => Client().SendCodeAsync(request, cancellationToken: World.Ct)));
        Assert.Equal((StatusCode.InvalidArgument, "NOT-0013"), await RefusalAsync(() => Client().SendNoticeAsync(Notice("nonsense"), cancellationToken: World.Ct)));
    }

    [Fact]
    public async Task Only_services_of_the_platform_may_send()
    {
        var nobody = new DirectMessages.DirectMessagesClient(world.Service.Grpc());
        var person = new DirectMessages.DirectMessagesClient(world.Service.Grpc(world.Identity.Token()));
        var partner = new DirectMessages.DirectMessagesClient(world.Service.Grpc(world.Identity.PartnerToken()));

        Assert.Equal(StatusCode.Unauthenticated, (await Assert.ThrowsAsync<RpcException>(() => nobody.SendCodeAsync(Code()).ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => person.SendCodeAsync(Code()).ResponseAsync)).StatusCode);
        Assert.Equal(StatusCode.PermissionDenied, (await Assert.ThrowsAsync<RpcException>(() => partner.SendNoticeAsync(Notice("password-changed")).ResponseAsync)).StatusCode);
    }

    [Fact]
    public async Task Neither_a_row_nor_a_log_line_keeps_number_or_code()
    {
        var lines = new ConcurrentQueue<string>();
        await using var replica = world.Factory().WithBroker(world.Service.Broker)
            .WithSetting("ConnectionStrings:notification-db", world.Service.Services.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>()["ConnectionStrings:notification-db"])
            .WithServices(s => s.AddSingleton<ILoggerProvider>(new Log(lines)).Configure<LoggerFilterOptions>(o => o.Rules.Clear()));
        await replica.StartAsync();
        var before = await world.InDatabaseAsync(db => db.Messages.CountAsync());
        await world.Mail.DialAsync("sms.failStatus", new { value = 503, times = 1, target = phone });
        var client = new DirectMessages.DirectMessagesClient(replica.Grpc(world.Identity.ServiceToken("identity")));
        await Assert.ThrowsAsync<RpcException>(() => client.SendCodeAsync(Code(), cancellationToken: World.Ct).ResponseAsync);
        await client.SendCodeAsync(Code(), cancellationToken: World.Ct);

        Assert.Equal(before, await world.InDatabaseAsync(db => db.Messages.CountAsync()));
        Assert.NotEmpty(lines);
        Assert.DoesNotContain(lines, l => l.Contains(phone, StringComparison.Ordinal) || l.Contains("482913", StringComparison.Ordinal));
    }

    private DirectMessages.DirectMessagesClient Client() => new(world.Service.Grpc(world.Identity.ServiceToken("identity")));

    private SendCodeRequest Code(string language = "vi", string purpose = "registration") => new()
    {
        Id = Guid.CreateVersion7().ToString("N") + "-1",
        Phone = phone,
        Language = language,
        Purpose = purpose,
        Code = "482913",
        ExpiresAt = TimeProvider.System.GetUtcNow().AddMinutes(4.9).ToTimestamp(),
    };

    private SendNoticeRequest Notice(string template, params (string Name, string Value)[] values)
    {
        var request = new SendNoticeRequest { Id = Guid.CreateVersion7().ToString("N"), Phone = phone, Language = "vi", Template = template };
        foreach (var (name, value) in values)
            request.Values[name] = value;
        return request;
    }

    private static async Task<(StatusCode Status, string? Code)> RefusalAsync<T>(Func<AsyncUnaryCall<T>> call)
    {
        var refusal = await Assert.ThrowsAsync<RpcException>(() => call().ResponseAsync);
        return (refusal.StatusCode, refusal.GetRpcStatus()?.GetDetail<Google.Rpc.ErrorInfo>()?.Reason);
    }

    private Task<IReadOnlyList<JsonElement>> SmsAsync() => world.Mail.SmsAsync(phone);

    private sealed class Log(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(formatter(state, exception) + exception);

        public void Dispose()
        {
        }
    }
}
