using System.Collections.Concurrent;
using Grpc.Core;
using HaLong.Identity.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaLong.Notifications.Tests.Support;

/// <summary>Identity's gRPC side on a real port: people, their addresses and languages; can be down.</summary>
internal sealed class FakeAccounts : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeAccounts(WebApplication app) => this.app = app;

    public ConcurrentDictionary<Guid, (string Email, string Language, string Phone)> People { get; } = [];

    /// <summary>How people want to be told things; who is not in it has the defaults.</summary>
    public ConcurrentDictionary<Guid, Preferences> Wishes { get; } = [];

    /// <summary>Who holds a role in a unit.</summary>
    public ConcurrentDictionary<(string Role, string Unit), Guid[]> Holders { get; } = [];

    /// <summary>What a delegation or assisted session allows: acts, and the only dossier if any; null acts: it has ended.</summary>
    public ConcurrentDictionary<Guid, (string[]? Acts, Guid? Dossier)> Rights { get; } = [];

    /// <summary>Who wants no optional messages any more, as identity was told.</summary>
    public ConcurrentQueue<Guid> OptedOut { get; } = [];

    public FakePartners Partners { get; } = new();

    /// <summary>Nobody can be asked who holds a role.</summary>
    public bool IsStaffDown { get; set; }

    public bool IsDown { get; set; }

    public int Calls { get; private set; }

    public string? LastAuthorization { get; private set; }

    public string Url => app.Urls.First();

    public static async Task<FakeAccounts> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        FakeAccounts? self = null;
        builder.Services.AddSingleton(_ => self!); // assigned below, before the first call
        var app = builder.Build();
        self = new FakeAccounts(app);
        app.MapGrpcService<Service>();
        app.MapGrpcService<Staff>();
        app.MapGrpcService<Authority>();
        app.MapGrpcService<FakePartners.Service>();
        await app.StartAsync();
        return self;
    }

    /// <summary>A new person.</summary>
    public Guid Person(string email = "nguoi.dan@example.vn", string language = "vi", string phone = "")
    {
        var id = Guid.CreateVersion7();
        People[id] = (email, language, phone);
        return id;
    }

    /// <summary>A new person with wishes: most wanted channel first.</summary>
    public Guid Person(string email, string phone, bool quietHours, string digest, params string[] channels)
    {
        var id = Person(email, "vi", phone);
        Wishes[id] = new Preferences { Channels = { "inApp", channels }, QuietHours = quietHours, Digest = digest, OptionalMessages = true };
        return id;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    internal sealed class Service(FakeAccounts accounts) : Accounts.AccountsBase
    {
        public override Task<BatchGetContactPointsResponse> BatchGetContactPoints(BatchGetContactPointsRequest request, ServerCallContext context)
        {
            accounts.Calls++;
            accounts.LastAuthorization = context.RequestHeaders.GetValue("authorization");
            if (accounts.IsDown)
                throw new RpcException(new Status(StatusCode.Unavailable, "down"));
            var response = new BatchGetContactPointsResponse();
            foreach (var text in request.AccountIds)
            {
                if (accounts.People.TryGetValue(Guid.Parse(text), out var person))
                    response.ContactPoints.Add(new ContactPoints { AccountId = text, DisplayName = "Nguyễn Thị Thử", Email = person.Email, Phone = person.Phone, Language = person.Language, Preferences = accounts.Wishes.GetValueOrDefault(Guid.Parse(text)) });
            }

            return Task.FromResult(response);
        }

        public override Task<OptOutResponse> OptOut(OptOutRequest request, ServerCallContext context)
        {
            if (accounts.IsDown)
                throw new RpcException(new Status(StatusCode.Unavailable, "down"));
            var id = Guid.Parse(request.AccountId);
            accounts.OptedOut.Enqueue(id);
            var wishes = accounts.Wishes.GetOrAdd(id, _ => new Preferences { Channels = { "inApp", "email" }, OptionalMessages = true });
            wishes.OptionalMessages = false;
            return Task.FromResult(new OptOutResponse());
        }
    }

    internal sealed class Authority(FakeAccounts accounts) : Authorisation.AuthorisationBase
    {
        public override Task<BatchCheckResponse> Check(BatchCheckRequest request, ServerCallContext context)
        {
            if (accounts.IsDown)
                throw new RpcException(new Status(StatusCode.Unavailable, "down"));
            var response = new BatchCheckResponse();
            response.Answers.AddRange(request.Questions.Select(Decide));
            return Task.FromResult(response);
        }

        private CheckAnswer Decide(CheckQuestion question) => accounts.Rights.TryGetValue(Guid.Parse(question.DelegationId + question.AssistedSessionId), out var right)
            ? right.Acts is null ? new CheckAnswer { Reason = "notActive" }
                : right.Acts.Contains(question.Act) ? new CheckAnswer { Allowed = true, DossierId = right.Dossier?.ToString() ?? "" }
                : new CheckAnswer { Reason = "act" }
            : new CheckAnswer { Reason = "unknown" };
    }

    internal sealed class Staff(FakeAccounts accounts) : StaffAssignments.StaffAssignmentsBase
    {
        public override Task<BatchListHoldersResponse> BatchListHolders(BatchListHoldersRequest request, ServerCallContext context)
        {
            if (accounts.IsStaffDown)
                throw new RpcException(new Status(StatusCode.Unavailable, "down"));
            var response = new BatchListHoldersResponse();
            foreach (var question in request.Questions)
            {
                var answer = new RoleHolders { Question = question };
                foreach (var id in accounts.Holders.GetValueOrDefault((question.Role, question.UnitCode), []))
                    answer.Holders.Add(new RoleHolder { AccountId = id.ToString(), DisplayName = "Cán bộ", Title = "Chuyên viên" });
                response.Answers.Add(answer);
            }

            return Task.FromResult(response);
        }
    }
}
