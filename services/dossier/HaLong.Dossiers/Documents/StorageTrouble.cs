using Amazon.Runtime;
using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Documents;

/// <summary>Trouble with the disk or the bucket is ours, not the client's: 503, not 400.</summary>
internal static class StorageTrouble
{
    public static async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (Is(e))
        {
            throw new ErrorException(DossierErrors.StorageUnavailable, e);
        }
    }

    public static Task GuardAsync(Func<Task> work) => GuardAsync(async () =>
    {
        await work();
        return true;
    });

    public static T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (Is(e))
        {
            throw new ErrorException(DossierErrors.StorageUnavailable, e);
        }
    }

    private static bool Is(Exception e) => e is IOException or UnauthorizedAccessException or AmazonClientException or HttpRequestException;
}
