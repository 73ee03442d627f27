using System.Net;
using System.Security.Cryptography;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace HaLong.Gateway.Tests;

public sealed class BodyTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_that_says_it_is_too_large_is_refused_before_it_reaches_the_service()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        using var client = gateway.Citizen();
        using var response = await client.PostAsync("/api/v1/dossiers", new ByteArrayContent(new byte[(1 << 20) + 1]), Ct);
        await Problem.AssertAsync(response, HttpStatusCode.RequestEntityTooLarge, "CMN-0413");
        Assert.Equal(0, gateway["dossier"].Count);
    }

    [Fact]
    public async Task A_body_that_turns_out_too_large_is_refused()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        gateway["dossier"].Answer = async context => await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);
        using var client = gateway.Citizen();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/dossiers") { Content = new StreamContent(new MemoryStream(new byte[3 << 20])) };
        request.Headers.TransferEncodingChunked = true;
        using var response = await client.SendAsync(request, Ct);
        await Problem.AssertAsync(response, HttpStatusCode.RequestEntityTooLarge, "CMN-0413");
    }

    [Fact]
    public async Task A_document_over_the_upload_limit_is_refused()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        using var client = gateway.Citizen();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/dossiers/1/documents") { Content = new StreamContent(Stream.Null) };
        request.Content.Headers.ContentLength = (60 << 20) + 1;
        request.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(request, Ct);
        await Problem.AssertAsync(response, HttpStatusCode.RequestEntityTooLarge, "CMN-0413");
    }

    [Fact]
    public async Task Twenty_megabytes_pass_unchanged()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        gateway["dossier"].Answer = async context => await context.Response.WriteAsync(Convert.ToHexString(await SHA256.HashDataAsync(context.Request.Body)));
        var document = new byte[20 << 20];
        new Random(1).NextBytes(document);
        using var client = gateway.Citizen();
        using var response = await client.PostAsync("/api/v1/dossiers/1/documents", new ByteArrayContent(document), Ct);
        Assert.Equal(Convert.ToHexString(SHA256.HashData(document)), await response.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task An_upload_arrives_while_it_is_still_being_sent()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        var arrived = Channel.CreateUnbounded<int>();
        gateway["dossier"].Answer = async context =>
        {
            var buffer = new byte[64 << 10];
            for (int read; (read = await context.Request.Body.ReadAsync(buffer, context.RequestAborted)) > 0;)
            {
                arrived.Writer.TryWrite(read);
            }
        };
        using var client = gateway.Citizen();
        var step = new Steps(Ct);
        var sending = client.PostAsync("/api/v1/dossiers/1/documents", step, Ct);
        for (var i = 0; i < 3; i++)
        {
            step.Send();
            await arrived.Reader.ReadAsync(Ct);
        }

        Assert.False(sending.IsCompleted);
        step.End();
        Assert.Equal(HttpStatusCode.OK, (await sending).StatusCode);
    }

    [Fact]
    public async Task A_download_arrives_while_it_is_still_being_made()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        var more = new SemaphoreSlim(0);
        gateway["dossier"].Answer = async context =>
        {
            for (var i = 0; i < 3; i++)
            {
                await context.Response.WriteAsync("part;");
                await context.Response.Body.FlushAsync();
                await more.WaitAsync(context.RequestAborted);
            }
        };
        using var client = gateway.Citizen();
        using var response = await client.GetAsync("/api/v1/dossiers/1/documents/2", HttpCompletionOption.ResponseHeadersRead, Ct);
        await using var stream = await response.Content.ReadAsStreamAsync(Ct);
        var buffer = new byte[5];
        for (var i = 0; i < 3; i++)
        {
            await stream.ReadExactlyAsync(buffer, Ct);
            more.Release();
        }

        Assert.Equal(0, await stream.ReadAsync(buffer, Ct));
    }

    /// <summary>A body that is written one block at a time, when told.</summary>
    private sealed class Steps(CancellationToken ct) : HttpContent
    {
        private readonly Channel<byte[]> _blocks = Channel.CreateUnbounded<byte[]>();

        public void Send() => _blocks.Writer.TryWrite(new byte[16 << 10]);

        public void End() => _blocks.Writer.Complete();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await foreach (var block in _blocks.Reader.ReadAllAsync(ct))
            {
                await stream.WriteAsync(block, ct);
                await stream.FlushAsync(ct);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
