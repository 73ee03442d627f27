using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using HaLong.ServiceDefaults;
using HaLong.Signatures.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.Payments.Tests;

/// <summary>Plays e-signature: a small real gRPC server that answers the same to the same, and can be down.</summary>
internal sealed class Signer(WebApplication app) : IAsyncDisposable
{
    public const string Subject = "CN=Con dấu thử nghiệm";

    public bool Down { get; set; }

    public ConcurrentQueue<SignPdfRequest> Requests { get; } = new();

    public string Url => app.Urls.First();

    public static async Task<Signer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        Signer? signer = null;
        builder.Services.AddSingleton(_ => signer!);
        var app = builder.Build();
        signer = new Signer(app);
        app.MapGrpcService<Answers>();
        await app.StartAsync();
        return signer;
    }

    public ConcurrentQueue<SignStatementRequest> Statements { get; } = new();

    public IReadOnlyList<SignPdfRequest> Of(Guid document) => [.. Requests.Where(r => r.DocumentId == document.ToString())];

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private sealed class Answers(Signer owner) : Signing.SigningBase
    {
        public override Task<SignPdfResponse> SignPdf(SignPdfRequest request, ServerCallContext context)
        {
            MustBeService(context);
            owner.Requests.Enqueue(request);
            if (owner.Down)
                throw new RpcException(new Status(StatusCode.Unavailable, "down"));
            byte[] signed = [.. request.Pdf.Span, .. "\n% sealed\n%%EOF\n"u8];
            return Task.FromResult(new SignPdfResponse
            {
                SignatureId = Guid.CreateVersion7().ToString(),
                SignedPdf = ByteString.CopyFrom(signed),
                SignerSubject = Subject,
                Sha256 = Convert.ToHexStringLower(SHA256.HashData(signed)),
                SignedAt = TimeProvider.System.GetUtcNow().ToString("O"),
            });
        }

        public override Task<SignStatementResponse> SignStatement(SignStatementRequest request, ServerCallContext context)
        {
            MustBeService(context);
            owner.Statements.Enqueue(request);
            return Task.FromResult(new SignStatementResponse
            {
                SignatureId = Guid.CreateVersion7().ToString(),
                Jws = $"{Base64Url.EncodeToString("{}"u8)}.{Base64Url.EncodeToString(request.Payload.Span)}.{Base64Url.EncodeToString(SHA256.HashData(request.Payload.Span))}",
                SignerSubject = Subject,
                SignedAt = TimeProvider.System.GetUtcNow().ToString("O"),
            });
        }

        // Like the real one: services vouch for whom they ask.
        private static void MustBeService(ServerCallContext context)
        {
            var claims = new JsonWebToken(context.RequestHeaders.GetValue("authorization")!["Bearer ".Length..]);
            if (claims.GetPayloadValue<string>("scope") != Policies.InternalScope)
                throw new RpcException(new Status(StatusCode.PermissionDenied, "services only"));
        }
    }
}
