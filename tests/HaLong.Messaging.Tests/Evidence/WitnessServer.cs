using Grpc.Core;
using Grpc.Net.Client;
using HaLong.Messaging.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using EvidenceContract = HaLong.Messaging.V1;

namespace HaLong.Messaging.Tests.Evidence;

/// <summary>A witness on a real port, with dials for what can go wrong between it and a service.</summary>
internal sealed class WitnessServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private GrpcChannel? _channel;

    private WitnessServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(k => k.Listen(System.Net.IPAddress.Loopback, 0, o => o.Protocols = HttpProtocols.Http2));
        builder.WebHost.UseUrls();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        _app = builder.Build();
        _app.MapGrpcService<Desk>();
    }

    public List<KeptAnchor> Kept { get; } = [];

    /// <summary>Answers nothing.</summary>
    public bool IsDown { get; set; }

    /// <summary>Keeps the anchor, and then the answer is lost.</summary>
    public bool LosesAnswers { get; set; }

    /// <summary>Where it listens.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    public IWitness Client => new RemoteWitness(
        new Witness.WitnessClient(_channel ??= GrpcChannel.ForAddress(Url)), Options.Create(new EvidenceOptions { WitnessTimeout = TimeSpan.FromMinutes(1) }));

    public static async Task<WitnessServer> StartAsync()
    {
        var server = new WitnessServer();
        await server._app.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        await _app.DisposeAsync();
    }

    private sealed class Desk(WitnessServer server) : Witness.WitnessBase
    {
        public override Task<WitnessAnchorResponse> WitnessAnchor(WitnessAnchorRequest request, ServerCallContext context)
        {
            ThrowWhenDown();
            var said = request.Anchor;
            var kept = server.Kept.Find(k => k.Anchor.Partition == said.Partition && k.Anchor.From == said.From);
            if (kept is null)
            {
                kept = new KeptAnchor
                {
                    Id = Guid.CreateVersion7().ToString(),
                    Anchor = said,
                    TimeStampHolds = true,
                    TokenSha256 = Google.Protobuf.ByteString.CopyFrom(System.Security.Cryptography.SHA256.HashData(Token(said))),
                };
                server.Kept.Add(kept);
            }

            if (server.LosesAnswers)
            {
                throw new RpcException(new Status(StatusCode.Internal, "lost"));
            }

            return Task.FromResult(new WitnessAnchorResponse
            {
                Id = kept.Id,
                Anchor = kept.Anchor,
                Token = Google.Protobuf.ByteString.CopyFrom(Token(kept.Anchor)),
                StampedAt = "2026-11-30T10:00:00.0000000Z",
            });
        }

        public override Task<ListAnchorsResponse> ListAnchors(ListAnchorsRequest request, ServerCallContext context)
        {
            ThrowWhenDown();
            var response = new ListAnchorsResponse();
            response.Anchors.AddRange(server.Kept
                .Where(k => k.Anchor.Service == request.Service && k.Anchor.Partition >= request.FromPartition && k.Anchor.Partition <= request.ToPartition)
                .SkipWhile(k => request.After.Length > 0 && k.Id != request.After).Skip(request.After.Length > 0 ? 1 : 0).Take(request.Limit));
            return Task.FromResult(response);
        }

        private void ThrowWhenDown()
        {
            if (server.IsDown)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "away"));
            }
        }

        private static byte[] Token(EvidenceContract.Anchor said) => said.ToStatement().Text;
    }
}
