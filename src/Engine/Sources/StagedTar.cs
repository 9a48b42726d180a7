using System.Collections.Immutable;
using System.Formats.Tar;
using AgentDeck.Engine.Domain;

namespace AgentDeck.Engine.Sources;

/// <summary>
/// Packs a file, or all that is in a directory, for the work space of an agent: contents, modes and times, and no owners. A link is copied as what it leads to
/// when that is a file in the same directory; nothing outside of it is ever followed. Writes a tar archive whose names are relative to the work space.
/// </summary>
internal sealed class StagedTar
{
    private const long LargestFile = 256L * 1024 * 1024;

    private readonly TarWriter _tar;
    private readonly string _root;
    private readonly ImmutableArray<string>.Builder _warnings = ImmutableArray.CreateBuilder<string>();

    private StagedTar(TarWriter tar, string root)
    {
        (_tar, _root) = (tar, root);
    }

    /// <summary>Writes the archive.</summary>
    /// <param name="file">What, and where to.</param>
    /// <param name="output">Takes it; stays open.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>What was left out, each with the reason.</returns>
    public static async Task<ImmutableArray<string>> WriteAsync(StagedFile file, Stream output, CancellationToken cancellationToken)
    {
        if (RealPath.Of(file.From) is not { } real)
        {
            return [$"{PlainText.Sanitize(file.From)} is not there, so nothing of it was copied"];
        }

        await using var tar = new TarWriter(output, TarEntryFormat.Pax, leaveOpen: true);
        var packer = new StagedTar(tar, real);
        if (Directory.Exists(real))
        {
            await packer.AddFolderAsync(real, file.To.Trim('/'), cancellationToken);
        }
        else
        {
            var isFolder = file.To.Length == 0 || file.To.EndsWith('/');
            await packer.AddFileAsync(real, isFolder ? Join(file.To.Trim('/'), Path.GetFileName(file.From.TrimEnd('/'))) : file.To, cancellationToken);
        }

        return packer._warnings.ToImmutable();
    }

    private async Task AddFolderAsync(string folder, string name, CancellationToken cancellationToken)
    {
        IEnumerable<FileSystemInfo> items;
        try
        {
            items = new DirectoryInfo(folder).GetFileSystemInfos().OrderBy(item => item.Name, StringComparer.Ordinal);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LeaveOut(folder, failure.Message);
            return;
        }

        foreach (var item in items)
        {
            var inside = Join(name, item.Name);
            if (item.LinkTarget is not null)
            {
                await AddLinkAsync(item.FullName, inside, cancellationToken);
            }
            else if (item is DirectoryInfo)
            {
                await WriteAsync(TarEntryType.Directory, item.FullName, inside, null, cancellationToken);
                await AddFolderAsync(item.FullName, inside, cancellationToken);
            }
            else
            {
                await AddFileAsync(item.FullName, inside, cancellationToken);
            }
        }
    }

    private async Task AddLinkAsync(string path, string name, CancellationToken cancellationToken)
    {
        var target = RealPath.Of(path);
        if (target is not null && !target.StartsWith(_root + "/", StringComparison.Ordinal))
        {
            LeaveOut(path, "it is a link that leads out of the directory");
        }
        else if (!File.Exists(target))
        {
            LeaveOut(path, target is null ? "it is a link that leads nowhere" : "it is a link to a directory");
        }
        else
        {
            await AddFileAsync(target, name, cancellationToken);
        }
    }

    private async Task AddFileAsync(string path, string name, CancellationToken cancellationToken)
    {
        try
        {
            var length = new FileInfo(path).Length;
            if (length > LargestFile)
            {
                LeaveOut(path, "it has more than 256 MiB");
                return;
            }

            // What is no file, such as a pipe, has no length; reading it could wait for ever.
            var content = length == 0 ? [] : await File.ReadAllBytesAsync(path, cancellationToken);
            await WriteAsync(TarEntryType.RegularFile, path, name, new MemoryStream(content), cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LeaveOut(path, failure.Message);
        }
    }

    private async Task WriteAsync(TarEntryType type, string path, string name, Stream? content, CancellationToken cancellationToken)
    {
        var entry = new PaxTarEntry(type, name) { Mode = new FileInfo(path).UnixFileMode, ModificationTime = File.GetLastWriteTimeUtc(path) };
        if (content is not null)
        {
            entry.DataStream = content;
        }

        await _tar.WriteEntryAsync(entry, cancellationToken);
    }

    private void LeaveOut(string path, string reason) => _warnings.Add(PlainText.Sanitize($"{path} was not copied: {reason}", 300));

    private static string Join(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";
}
