using System.Net;

namespace HaLong.Gateway.Tests;

/// <summary>What resumable uploads and links to documents need of the gateway.</summary>
public sealed class UploadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "/api/v1/uploads")]
    [InlineData("PATCH", "/api/v1/uploads/1")]
    [InlineData("HEAD", "/api/v1/uploads/1")]
    [InlineData("DELETE", "/api/v1/uploads/1")]
    [InlineData("OPTIONS", "/api/v1/uploads")]
    public async Task The_words_of_the_protocol_pass_both_ways(string method, string path)
    {
        await using var gateway = await GatewayHost.StartedAsync();
        gateway["dossier"].Answer = context =>
        {
            context.Response.Headers["Upload-Offset"] = context.Request.Headers["Upload-Offset"];
            context.Response.Headers["Tus-Resumable"] = context.Request.Headers["Tus-Resumable"] + " " + context.Request.Method;
            context.Response.Headers.Location = "/api/v1/uploads/1";
            return Task.CompletedTask;
        };
        using var client = gateway.Citizen();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Offset", "42" } } };
        if (method is "POST" or "PATCH")
            request.Content = new ByteArrayContent(new byte[2 << 20]);
        using var response = await client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("42", "1.0.0 " + method), (response.Headers.GetValues("Upload-Offset").Single(), response.Headers.GetValues("Tus-Resumable").Single()));
        Assert.Equal("/api/v1/uploads/1", response.Headers.Location?.ToString());
    }

    [Theory]
    [InlineData("OPTIONS", "/api/v1/uploads")]
    [InlineData("POST", "/api/v1/uploads")]
    [InlineData("PATCH", "/api/v1/uploads/1")]
    [InlineData("HEAD", "/api/v1/uploads/1")]
    public async Task Nobody_uploads_without_a_token(string method, string path)
    {
        await using var gateway = await GatewayHost.StartedAsync();
        using var nobody = gateway.Client();
        using var answer = await nobody.SendAsync(new HttpRequestMessage(new HttpMethod(method), path), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal(0, gateway["dossier"].Count);
    }

    [Fact]
    public async Task A_piece_over_the_upload_limit_is_refused()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        using var client = gateway.Citizen();
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/uploads/1") { Content = new StreamContent(Stream.Null) };
        request.Content.Headers.ContentLength = (60 << 20) + 1;
        request.Headers.ExpectContinue = true;
        using var response = await client.SendAsync(request, Ct);
        await Problem.AssertAsync(response, HttpStatusCode.RequestEntityTooLarge, "CMN-0413");
    }

    [Fact]
    public async Task A_link_to_a_document_needs_no_token_and_its_guards_stay_on()
    {
        await using var gateway = await GatewayHost.StartedAsync();
        gateway["dossier"].Answer = context =>
        {
            context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
            context.Response.Headers["Referrer-Policy"] = "no-referrer";
            return Task.CompletedTask;
        };
        using var nobody = gateway.Client();
        using var response = await nobody.GetAsync("/api/v1/document-links/abc", Ct);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("default-src 'none'; sandbox", response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-referrer", response.Headers.GetValues("Referrer-Policy").Single());
    }
}
