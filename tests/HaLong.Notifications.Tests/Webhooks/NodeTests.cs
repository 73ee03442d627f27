using System.Text.Json;
using HaLong.Notifications.Tests.Support;
using HaLong.TestSupport;

namespace HaLong.Notifications.Tests.Webhooks;

/// <summary>Other people's libraries judge what we send: Standard Webhooks by its reference implementation, in Node.</summary>
public sealed class NodeTests(World world) : IClassFixture<World>
{
    [Fact]
    public async Task The_reference_library_accepts_our_webhooks_and_their_order_and_no_forgery()
    {
        Assert.SkipUnless(await Node.HasAsync("standardwebhooks"), Node.Missing);
        await using var receiver = await Receiver.StartAsync();
        var (_, secret) = await world.SubscribeAsync(receiver.Url, "node");
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync(facts.All());
        await Eventually.Async(() => Task.FromResult(receiver.SequencesOf(facts.Dossier).Count == 7), "seven deliveries");
        var folder = Directory.CreateTempSubdirectory("halong-webhooks").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), secret, World.Ct);
            foreach (var (delivery, number) in receiver.Deliveries.Select((d, i) => (d, i + 1)))
                await WriteAsync(folder, number, delivery.Headers, delivery.Body);
            var (exit, output) = await Node.RunAsync("node", "verify-webhooks.mjs", folder);
            Assert.True(exit == 0, output);
            Assert.Contains("7 deliveries accepted", output, StringComparison.Ordinal);

            var forged = receiver.Deliveries.First();
            await WriteAsync(folder, 1, forged.Headers, forged.Body.Replace(facts.Code, "another", StringComparison.Ordinal));
            (exit, output) = await Node.RunAsync("node", "verify-webhooks.mjs", folder);
            Assert.True(exit == 1, output);
            Assert.Contains("the signature does not hold", output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task While_two_secrets_are_valid_the_reference_library_accepts_each_delivery_with_either()
    {
        Assert.SkipUnless(await Node.HasAsync("standardwebhooks"), Node.Missing);
        await using var receiver = await Receiver.StartAsync();
        var (id, old) = await world.SubscribeAsync(receiver.Url, "two-secrets");
        using var partner = world.AsPartner("two-secrets");
        var fresh = (await partner.OkAsync(HttpMethod.Post, $"/api/v1/subscriptions/{id}/secrets", new { })).Text("secret")!;
        var facts = new Facts(Guid.CreateVersion7());
        await world.PublishAllAsync([facts.Submitted(), facts.FeePaid()]);
        await Eventually.Async(() => Task.FromResult(receiver.SequencesOf(facts.Dossier).Count == 2), "two deliveries");
        var folder = Directory.CreateTempSubdirectory("halong-webhooks").FullName;
        try
        {
            foreach (var (delivery, number) in receiver.Deliveries.Select((d, i) => (d, i + 1)))
                await WriteAsync(folder, number, delivery.Headers, delivery.Body);
            foreach (var secret in new[] { old, fresh })
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), secret, World.Ct);
                var (exit, output) = await Node.RunAsync("node", "verify-webhooks.mjs", folder);
                Assert.True(exit == 0, output);
                Assert.Contains("2 deliveries accepted", output, StringComparison.Ordinal);
            }

            await File.WriteAllTextAsync(Path.Combine(folder, "secret.txt"), "whsec_" + Convert.ToBase64String(new byte[32]), World.Ct);
            Assert.Equal(1, (await Node.RunAsync("node", "verify-webhooks.mjs", folder)).Exit);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_qr_script_accepts_a_good_payload_and_refuses_a_changed_one()
    {
        Assert.SkipUnless(await Node.HasAsync("standardwebhooks"), Node.Missing);
        const string payload = "00020101021238570010A00000072701270006970436011300110000000010208QRIBFTTA530370454061500005802VN62320112HLQ7K3M9XW2P0812HLQ7K3M9XW2P6304563D";
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, payload + "\n", World.Ct);
            var (good, output) = await Node.RunAsync("node", "verify-qr.mjs", file, "--amount", "150000", "--bin", "970436", "--account", "0011000000001", "--purpose", "HLQ7K3M9XW2P");
            var (otherAmount, _) = await Node.RunAsync("node", "verify-qr.mjs", file, "--amount", "150001");
            await File.WriteAllTextAsync(file, payload.Replace("150000", "950000", StringComparison.Ordinal), World.Ct);
            var (changed, _) = await Node.RunAsync("node", "verify-qr.mjs", file);

            Assert.True(good == 0, output);
            Assert.Equal((1, 1), (otherAmount, changed));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Task WriteAsync(string folder, int number, IReadOnlyDictionary<string, string> headers, string body) =>
        File.WriteAllTextAsync(Path.Combine(folder, $"{number:00}.json"), JsonSerializer.Serialize(new { headers, body }), World.Ct);
}
