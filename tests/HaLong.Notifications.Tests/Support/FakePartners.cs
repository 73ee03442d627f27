using System.Collections.Concurrent;
using Grpc.Core;
using HaLong.Identity.V1;

namespace HaLong.Notifications.Tests.Support;

/// <summary>What identity says about partners' clients; who is not named is active, may have events and has no contact.</summary>
internal sealed class FakePartners
{
    private int calls;

    public ConcurrentDictionary<string, bool> Active { get; } = [];

    public ConcurrentDictionary<string, string[]> Scopes { get; } = [];

    public ConcurrentDictionary<string, string> Contacts { get; } = [];

    public bool IsDown { get; set; }

    public int Calls => calls;

    /// <summary>The clients that each call asked for.</summary>
    public ConcurrentQueue<IReadOnlyCollection<string>> Asked { get; } = [];

    internal sealed class Service(FakeAccounts accounts) : PartnerClients.PartnerClientsBase
    {
        public override Task<BatchCheckClientsResponse> BatchCheck(BatchCheckClientsRequest request, ServerCallContext context)
        {
            var partners = accounts.Partners;
            Interlocked.Increment(ref partners.calls);
            partners.Asked.Enqueue([.. request.ClientIds]);
            if (partners.IsDown)
                throw new RpcException(new Status(StatusCode.Unavailable, "down"));
            var response = new BatchCheckClientsResponse();
            foreach (var id in request.ClientIds.Where(i => !i.StartsWith("unknown", StringComparison.Ordinal)))
            {
                var client = new PartnerClient { ClientId = id, Active = partners.Active.GetValueOrDefault(id, true), ContactEmail = partners.Contacts.GetValueOrDefault(id, "") };
                client.Scopes.AddRange(partners.Scopes.GetValueOrDefault(id, ["halong.events"]));
                response.Clients.Add(client);
            }

            return Task.FromResult(response);
        }
    }
}
