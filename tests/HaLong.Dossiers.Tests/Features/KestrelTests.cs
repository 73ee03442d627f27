using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features;

/// <summary>What only a real server on a real socket shows: its limits, and lines that are cut.</summary>
public sealed class KestrelTests(DossierFixture dossiers) : IClassFixture<DossierFixture>
{
    [Fact]
    public async Task A_large_upload_passes_the_servers_own_limit_and_a_large_json_body_does_not()
    {
        await using var host = new Host(dossiers);
        using var client = host.Client(dossiers.Identity.Token());
        var id = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var large = await BodyAsync(await UploadAsync(client, id, 1, Samples.Pdf("large", 45 * 1024 * 1024)), HttpStatusCode.Created);
        Assert.True(large.GetProperty("size").GetInt64() > 45 * 1024 * 1024);
        using var json = await client.PostAsJsonAsync("/api/v1/dossiers", new { subject = new string('x', 2 * 1024 * 1024) }, Ct);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, json.StatusCode);
    }

    [Fact]
    public async Task A_line_that_is_cut_while_uploading_leaves_nothing()
    {
        await using var host = new Host(dossiers);
        var token = dossiers.Identity.Token();
        using var client = host.Client(token);
        var id = (await OpenAsync(client)).GetProperty("id").GetGuid();
        var before = Files();
        foreach (var sent in new[] { 0, 60, 300, 200_000 })
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(host.Address.Host, host.Address.Port, Ct);
            var body = "--b\r\nContent-Disposition: form-data; name=\"component\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\n%PDF-1.4\n" + new string('x', 300_000);
            var head = $"POST /api/v1/dossiers/{id}/documents HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 500000\r\n\r\n";
            await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + body[..sent]), Ct);
            await socket.GetStream().FlushAsync(Ct);
            if (sent > 100_000)
                await Eventually.Async(() => Task.FromResult(Files().Length > before.Length), "the upload has begun");
            socket.LingerState = new LingerOption(true, 0);
        }
        await Eventually.Async(() => Task.FromResult(before.SequenceEqual(Files())), "nothing is left of the uploads");
        Assert.Equal(0, (await ViewAsync(client, id)).GetProperty("documents").GetArrayLength());
    }

    private string[] Files() => [.. Directory.GetFiles(dossiers.Folder, "*", SearchOption.AllDirectories).Order()];

    /// <summary>A second replica of the fixture's service, on Kestrel.</summary>
    private sealed class Host : WebApplicationFactory<Program>
    {
        private readonly IConfiguration settings;

        public Host(DossierFixture dossiers)
        {
            settings = dossiers.Factory.Services.GetRequiredService<IConfiguration>();
            UseKestrel(0);
            StartServer();
        }

        public Uri Address => ClientOptions.BaseAddress;

        public HttpClient Client(string token)
        {
            var client = new HttpClient { BaseAddress = Address };
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            return client;
        }

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment("Development");
            foreach (var key in new[]
            {
                "ConnectionStrings:dossier-db", "ConnectionStrings:broker", "ConnectionStrings:cache", "PublicUrl", "Files:Path", "services:identity:http:0",
                "services:identity:grpc:0", "services:e-signature:grpc:0", "ServiceAuth:ClientId", "ServiceAuth:ClientSecret", "Keys:Password",
            })
                builder.UseSetting(key, settings[key]);
        }
    }
}
