using HaLong.Notifications.Persistence;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Carriers;
using HaLong.Notifications.Sending.Zalo;
using HaLong.Notifications.Tests.Sending.Support;
using HaLong.Notifications.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Tests.Sending.Zalo;

/// <summary>One process's Zalo parts, with a clock of its own.</summary>
internal sealed class ZaloProcess : IDisposable
{
    public ZaloProcess(CarrierWorld world, string? url = null, string? first = null, string password = "seals tokens in tests", string? path = null, IServiceScopeFactory? scopes = null,
        double templateSeconds = 0, ILogger<ZaloTokens>? logger = null)
    {
        var options = Options.Create(new ZaloOptions
        {
            Url = url ?? world.LabUrl,
            Path = path ?? "/zalo",
            AuthUrl = url ?? world.LabUrl,
            AuthPath = "/zalo",
            AppId = CarrierWorld.AppId,
            SecretKey = "app-secret",
            OaSecretKey = CarrierWorld.OaSecretKey,
            RefreshToken = first ?? "first-refresh-token",
            KeyPassword = password,
            Timeout = TimeSpan.FromSeconds(20),
            TemplateCheckFor = TimeSpan.FromSeconds(templateSeconds),
        });
        Clock = new ShiftedClock(stands: true);
        Vault = new ZaloVault(options);
        var client = new ZaloClient(world.Get<IHttpClientFactory>(), options, Clock);
        Tokens = new ZaloTokens(client, Vault, scopes ?? world.Get<IServiceScopeFactory>(), options, world.Get<CarrierMetrics>(), Clock, logger ?? NullLogger<ZaloTokens>.Instance);
        Provider = new ZaloProvider(
            client, Tokens, new ZaloTemplates(client, options, Clock), options, world.Get<CarrierMetrics>(), Clock, NullLogger<ZaloProvider>.Instance);
    }

    public ShiftedClock Clock { get; }

    public ZaloVault Vault { get; }

    public ZaloTokens Tokens { get; }

    public ZaloProvider Provider { get; }

    public async Task<string?> TokenAsync(string? refused = null) => (await Tokens.GetAsync(refused, CarrierWorld.Ct)).Token;

    public Task<ProviderAnswer> SendAsync(OutgoingMessage message) => Provider.SendAsync(message, CarrierWorld.Ct);

    public void Dispose() => Tokens.Dispose();

    /// <summary>A message that fills a template.</summary>
    public static OutgoingMessage Message(string phone, string template = "312", string? key = null) =>
        CarrierWorld.Message(phone, data: $$$"""{"templateId":"{{{template}}}","data":{"MaHoSo":"H49.12"}}""", key: key);

    public static Task<Notifications.Domain.ZaloToken?> RowAsync(CarrierWorld world) =>
        world.InDatabaseAsync((NotificationDbContext db) => db.Set<Notifications.Domain.ZaloToken>().AsNoTracking().SingleOrDefaultAsync(CarrierWorld.Ct));
}
