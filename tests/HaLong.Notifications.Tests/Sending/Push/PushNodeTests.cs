using System.Net.Http.Json;
using System.Text.Json;
using HaLong.Notifications.Domain;
using HaLong.Notifications.Sending;
using HaLong.Notifications.Sending.Push;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace HaLong.Notifications.Tests.Sending.Push;

/// <summary>Other people's libraries judge: http_ece reads what the push service got, jose the token it came with.</summary>
public sealed class PushNodeTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Http_ece_reads_our_messages_and_jose_accepts_our_tokens_and_neither_a_forgery()
    {
        Assert.SkipUnless(await Node.HasAsync("http_ece"), Node.Missing);
        var (owner, device) = (Guid.CreateVersion7(), new PushDevice(world));
        var address = await world.Service.InScopeAsync<PushDevices, PushAddress?>(async d => await d.FindAsync(owner, await device.OfAsync(owner), World.Ct));
        var provider = world.Service.Services.GetServices<IMessageProvider>().Single(p => p.Name == WebPushProvider.ProviderName);
        var message = new OutgoingMessage("1", address!.ToJson(), "vi", "Hồ sơ đã có kết quả", "Mời bạn xem kết quả 👍", Class: NoticeClass.Urgent);
        await provider.SendAsync(message, World.Ct);
        await provider.SendAsync(message with { Key = "2", Text = new string('ệ', 3000) }, World.Ct);
        using var anyone = world.Service.Client();
        var key = (await anyone.GetFromJsonAsync<JsonElement>("/api/v1/push-key", World.Ct)).GetProperty("publicKey").GetString()!;

        var (exit, output) = await ReadAsync(device, key, device.Browser.Auth);
        var (wrongKey, _) = await ReadAsync(device, VapidKeys.New().PublicText, device.Browser.Auth);
        var (wrongSecret, _) = await ReadAsync(device, key, new Browser().Auth);

        Assert.True(exit == 0, output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonElement.Parse(l)).ToList();
        Assert.Equal(2, lines.Count);
        Assert.Equal(("1", "Hồ sơ đã có kết quả", "Mời bạn xem kết quả 👍"), (Text(lines[0], "id"), Text(lines[0], "title"), Text(lines[0], "body")));
        Assert.Equal(("259200", "high"), (Text(lines[0], "ttl"), Text(lines[0], "urgency")));
        Assert.Matches("^ệ{1000,1330}…$", Text(lines[1], "body")!);
        Assert.Equal((1, 1), (wrongKey, wrongSecret));
    }

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private static async Task<(int Exit, string Output)> ReadAsync(PushDevice device, string publicKey, string auth)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file,
                JsonSerializer.Serialize(new
                {
                    publicKey,
                    auth,
                    endpoint = device.Endpoint,
                    privateKey = device.Browser.PrivateKey,
                    now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
                    messages = await device.WaitingAsync(),
                }),
                World.Ct);
            return await Node.RunAsync("node", "read-push.mjs", file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
