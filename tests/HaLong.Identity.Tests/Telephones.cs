using System.Collections.Concurrent;
using Grpc.Core;
using HaLong.Notifications.V1;
using HaLong.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Identity.Tests;

/// <summary>The notification service's gRPC side on a real port, and every telephone and mailbox behind it. Can be down, slow or refuse.</summary>
internal sealed class Telephones : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<SendCodeRequest> _codes = [];
    private readonly ConcurrentQueue<SendNoticeRequest> _notices = [];

    private Telephones(WebApplication app) => _app = app;

    public string Url => _app.Urls.First();

    /// <summary>Answers for these numbers, instead of taking the message.</summary>
    public ConcurrentDictionary<string, StatusCode> Faults { get; } = [];

    /// <summary>Every request, also refused ones.</summary>
    public ConcurrentQueue<string> Asked { get; } = [];

    public string? LastAuthorization { get; private set; }

    public static async Task<Telephones> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        Telephones? self = null;
        builder.Services.AddSingleton(_ => self!); // Assigned below, before the first call.
        var app = builder.Build();
        self = new Telephones(app);
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return self;
    }

    public IReadOnlyList<SendCodeRequest> CodesOf(string to) => [.. _codes.Where(c => c.Phone == to || c.Email == to)];

    public IReadOnlyList<SendNoticeRequest> NoticesOf(string to) => [.. _notices.Where(n => n.Phone == to || n.Email == to)];

    /// <summary>The newest code for a number or mailbox, once there are so many.</summary>
    public async Task<string> CodeAsync(string to, int number = 1) => (await Eventually.ValueAsync(
        () => Task.FromResult(CodesOf(to)), codes => codes.Count >= number, $"code {number} on the telephone"))[^1].Code;

    public async Task<SendNoticeRequest> NoticeAsync(string to, string template) => (await Eventually.ValueAsync(
        () => Task.FromResult(NoticesOf(to)), notices => notices.Any(n => n.Template == template), $"notice {template}")).Last(n => n.Template == template);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private void Check(string to, ServerCallContext context)
    {
        Asked.Enqueue(to);
        LastAuthorization = context.RequestHeaders.GetValue("authorization");
        if (!Faults.TryGetValue(to, out var status))
            return;
        if (status == StatusCode.InvalidArgument)
            throw Refusal();
        throw new RpcException(new Status(status, "as the test wants it"));
    }

    // As the notification service refuses for good what it can never deliver.
    private static RpcException Refusal()
    {
        var info = new Google.Rpc.ErrorInfo { Domain = "halong", Reason = "NOT-0011", Metadata = { ["kind"] = "Validation", ["vi"] = "Không gửi được.", ["en"] = "Not deliverable." } };
        return new Google.Rpc.Status { Code = (int)StatusCode.InvalidArgument, Details = { Google.Protobuf.WellKnownTypes.Any.Pack(info) } }.ToRpcException();
    }

    internal sealed class Service(Telephones phones) : DirectMessages.DirectMessagesBase
    {
        public override Task<SendCodeResponse> SendCode(SendCodeRequest request, ServerCallContext context)
        {
            phones.Check(request.Phone + request.Email, context);
            phones._codes.Enqueue(request);
            return Task.FromResult(new SendCodeResponse());
        }

        public override Task<SendNoticeResponse> SendNotice(SendNoticeRequest request, ServerCallContext context)
        {
            phones.Check(request.Phone + request.Email, context);
            phones._notices.Enqueue(request);
            return Task.FromResult(new SendNoticeResponse());
        }
    }
}
