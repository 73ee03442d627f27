using HaLong.Identity.V1;
using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Contacts;

/// <summary>Who holds a role in a unit today: asked of identity each time, because it changes with every leave.</summary>
internal sealed class StaffBook(StaffAssignments.StaffAssignmentsClient staff)
{
    /// <summary>Accounts, each once; null when identity cannot be asked now.</summary>
    public async Task<IReadOnlyList<Guid>?> HoldersAsync(IReadOnlyList<string> roles, string unitCode, CancellationToken ct)
    {
        var request = new BatchListHoldersRequest();
        request.Questions.AddRange(roles.Select(role => new RoleInUnit { Role = role, UnitCode = unitCode }));
        try
        {
            var answer = await staff.BatchListHoldersAsync(request, cancellationToken: ct);
            return [.. answer.Answers.SelectMany(a => a.Holders).Select(h => Guid.Parse(h.AccountId)).Distinct()];
        }
        catch (Exception e) when (e is ErrorException or HttpRequestException or Grpc.Core.RpcException)
        {
            return null;
        }
    }
}
